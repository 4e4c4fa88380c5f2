"""SMTP settings: models and enums.

Generated from spec/types/smtp.yaml; change the catalogue and run ``make generate``.
"""

from mailstore_sdk.runtime.model import Model, SecretText


class SmtpSettings(Model):
    """How mail is sent. Only the password is documented; the other fields are kept as they come and go back
    unchanged.

    Evidence: documented (wrapper2024).
    """

    password: SecretText | None = None
    """Password of the mail server's account. Always null in a reply, so fill it in before the settings go back."""
