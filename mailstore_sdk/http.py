"""The HTTP library's core, named here and nowhere else; `mailstore_sdk.given` alone names the library around it."""

import httpcore as httpcore
