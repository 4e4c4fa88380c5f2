"""Carries out the actions of the protocol over HTTPS."""
