"""The interface of the vendor's Python wrapper over this SDK, so that scripts written for it run on.

One line of such a script changes::

    import mailstore_sdk.compat as mailstore

`mailstore.spe.Client` is the wrapper of 2014, `mailstore.mgmt.SPEClient` the later one. Results are plain dicts, as they
come, and a call that failed gives its envelope. New code is better written with `mailstore_sdk.SPEClient`.
"""

from mailstore_sdk.compat import errors, mgmt, spe
from mailstore_sdk.compat._pretty import PrettyPrint
from mailstore_sdk.compat.mgmt import SPEClient

__all__ = ["PrettyPrint", "SPEClient", "errors", "mgmt", "spe"]
