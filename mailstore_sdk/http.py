"""The HTTP library, named here and nowhere else, so that moving to its successor httpx2 changes this file alone."""

import httpcore as httpcore
import httpx as httpx
