"""The one module that imports httpx, and httpcore underneath it.

To move to httpx2, the maintained successor, change the two imports: nothing else names the library.
"""

from __future__ import annotations

import logging

import httpcore as httpcore
import httpx as httpx

from mailstore_sdk.runtime._log import mask_cookies

logging.getLogger(f"{httpcore.__name__}.http11").addFilter(mask_cookies)
