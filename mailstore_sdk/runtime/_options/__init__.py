"""Where the options of a client come from: arguments, the environment and profiles."""
