"""The generator: from the catalogue in ``spec/`` to the typed SDK."""
