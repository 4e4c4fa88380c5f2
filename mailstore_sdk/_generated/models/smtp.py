"""SMTP settings: models and enums.

Generated from spec/types/smtp.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import Model, SecretText


class SmtpSettings(Model):
    """How mail is sent. Other fields may exist; they are kept as received and sent back unchanged.

    Evidence: inferred (marketplace-api, live25.3, wrapper2024).
    """

    hostname: JsonValue | None = None
    """Host name of the mail server; most likely a string."""
    port: JsonValue | None = None
    """Port of the mail server; most likely a number."""
    protocol: JsonValue | None = None
    """Protocol such as SMTP-TLS; most likely a string."""
    ignore_ssl_policy_errors: Annotated[JsonValue | None, Field(alias="ignoreSslPolicyErrors")] = None
    """Whether errors of the mail server's certificate are ignored; most likely a boolean."""
    authentication_required: Annotated[JsonValue | None, Field(alias="authenticationRequired")] = None
    """Whether the mail server requires a login; most likely a boolean."""
    username: JsonValue | None = None
    """Account at the mail server; most likely a string."""
    password: SecretText | None = None
    """Password of that account. Always null in a reply, so fill it in before the settings go back. Evidence:
documented (wrapper2024)."""
    from_display_name: Annotated[JsonValue | None, Field(alias="fromDisplayName")] = None
    """Display name of the sender; most likely a string."""
    from_email_address: Annotated[JsonValue | None, Field(alias="fromEmailAddress")] = None
    """Address of the sender; most likely a string."""
    recipient_email_address: Annotated[JsonValue | None, Field(alias="recipientEmailAddress")] = None
    """Address of the recipient; most likely a string."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            hostname: JsonValue | None = None,
            port: JsonValue | None = None,
            protocol: JsonValue | None = None,
            ignore_ssl_policy_errors: JsonValue | None = None,
            authentication_required: JsonValue | None = None,
            username: JsonValue | None = None,
            password: SecretText | None = None,
            from_display_name: JsonValue | None = None,
            from_email_address: JsonValue | None = None,
            recipient_email_address: JsonValue | None = None,
        ) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
