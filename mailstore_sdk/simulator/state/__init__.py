"""The simulator's state, by subject: plain data that is saved as JSON and loaded again."""
