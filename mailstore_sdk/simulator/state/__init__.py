"""The state behind the functions, by subject. All of it is plain data that goes to JSON and back."""
