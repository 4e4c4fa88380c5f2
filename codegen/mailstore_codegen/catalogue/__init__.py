"""Read and check the catalogue in ``spec/``."""
