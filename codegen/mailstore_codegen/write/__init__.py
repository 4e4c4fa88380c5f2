"""Format, check and put in place what was generated."""
