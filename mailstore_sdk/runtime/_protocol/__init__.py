"""The protocol of the Management API without input and output, the same for the sync and the async client."""
