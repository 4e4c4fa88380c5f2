"""Compare a server with the catalogue, and edit the catalogue to match."""
