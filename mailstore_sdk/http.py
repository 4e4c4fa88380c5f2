"""The HTTP library's core, named here and nowhere else, so that moving to its successor changes this file and `given.py` alone."""

import httpcore as httpcore
