"""The wrapper's errors. A failed call raises none of them: its envelope has the error."""

from typing import TYPE_CHECKING
from urllib.error import URLError

from mailstore_sdk import errors
from mailstore_sdk.errors import MailStoreError

MailStoreBaseError = MailStoreError
"""Base of everything that is raised: no reply, an HTTP status other than 200, an argument that cannot be sent."""


class MailStoreNoTokenError(MailStoreBaseError):
    """The reply of something that is no running job has no token to follow."""


class NetworkError(URLError):
    """Added to errors of the SDK for which urllib, which the wrapper uses, raises a `URLError`."""

    def __str__(self) -> str:
        return str(self.reason)


KINDS: dict[type[MailStoreError], type[MailStoreError]] = {}
"""The errors of the SDK, and those that are a `URLError` too."""

if not TYPE_CHECKING:
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, (errors.TransportError, errors.ReplyError, errors.JobRequestError)):
            # A name in this module, so that the error can be pickled.
            KINDS[kind] = globals()[kind.__name__] = type(
                kind.__name__, (kind, NetworkError), {"__module__": __name__, "__doc__": kind.__doc__}
            )


def as_network_error(error: MailStoreError) -> MailStoreError:
    """The same error, as a `URLError` too if urllib would raise one."""
    kind = KINDS.get(type(error))
    if kind is None:
        return error
    other = kind(error.message)
    vars(other).update(vars(error))
    return other


__all__ = ["MailStoreBaseError", "MailStoreNoTokenError"]
