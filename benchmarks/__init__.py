"""Measure the SDK, each figure next to the same work done without it, in the same run."""
