"""From a server to the catalogue: what differs, and the edits."""
