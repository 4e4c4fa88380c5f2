"""The wrapper's errors. A call that failed is none: its envelope says so."""

from mailstore_sdk.errors import MailStoreError

MailStoreBaseError = MailStoreError
"""Base of everything that is raised: no reply, an HTTP status other than 200, an argument that cannot be sent."""


class MailStoreNoTokenError(MailStoreBaseError):
    """What was given to follow has no token: it is not the reply of work that runs."""


__all__ = ["MailStoreBaseError", "MailStoreNoTokenError"]
