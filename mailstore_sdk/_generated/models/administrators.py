"""System administrators: models and enums.

Generated from spec/types/administrators.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from mailstore_sdk.runtime.model import Model


class SystemAdministrator(Model):
    """A system administrator of the installation.

    Evidence: documented (help-spe, notes22.4, wrapper2024).
    """

    user_name: Annotated[str, Field(alias="userName")]
    """Login name."""
    full_name: Annotated[str | None, Field(alias="fullName")]
    """Display name."""
    email_address: Annotated[str | None, Field(alias="emailAddress")] = None
    """E-mail address; in the vendor's help since some time between 2018 and 2022. Since 22.4."""

    if TYPE_CHECKING:

        def __init__(self, *, user_name: str, full_name: str | None = None, email_address: str | None = None) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
