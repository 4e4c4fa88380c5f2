"""What the environment and profiles may say, each source checked whole where it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mailstore_sdk.errors import ConfigurationError
from mailstore_sdk.runtime._options.options import DialectName, check_credentials, checked_proxy, parse_address
from mailstore_sdk.runtime._transport.tls import normalized_thumbprint


def _address(url: str) -> str:
    parse_address(url)
    return url


def _user(name: str) -> str:
    check_credentials(name, "")
    return name


class Settings(BaseModel):
    """What the environment or a profile may say; the fields are the keys of a profile."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    url: Annotated[str, AfterValidator(_address)] | None = Field(default=None, serialization_alias="host")
    username: Annotated[str, AfterValidator(_user)] | None = None
    password: str | None = Field(default=None, repr=False)
    password_command: list[str] | None = Field(default=None, min_length=1, repr=False, exclude=True)
    password_keyring: Literal[True] | None = Field(default=None, exclude=True)
    thumbprint: Annotated[str, AfterValidator(normalized_thumbprint)] | None = None
    ca_file: str | None = Field(default=None, min_length=1)
    protocol: DialectName | None = None
    timeout: float | None = Field(default=None, gt=0)
    retries: int | None = Field(default=None, ge=0)
    poll_wait: float | None = Field(default=None, ge=0)
    job_timeout: float | None = Field(default=None, gt=0)
    strict: bool | None = None
    backoff: float | None = Field(default=None, ge=0)
    max_backoff: float | None = Field(default=None, ge=0)
    proxy: Annotated[str, AfterValidator(checked_proxy)] | None = Field(default=None, repr=False)
    instance: str | None = Field(default=None, min_length=1, exclude=True)

    @model_validator(mode="after")
    def _contradicts_itself_nowhere(self) -> Self:
        for names in (("password", "password_command", "password_keyring"), ("thumbprint", "ca_file")):
            if len(self.model_fields_set.intersection(names)) > 1:
                raise ConfigurationError(f"expected only one of {', '.join(names)}")
        return self

    def arguments(self) -> dict[str, object]:
        """What is said, as arguments of a client; how to ask for a password is none."""
        return self.model_dump(exclude_none=True, by_alias=True)


def checked(values: object, where: str, names: Mapping[str, str] | None = None, *, strict: bool = True) -> Settings:
    """The settings of one source; `where` names it, and `names` its keys where they are others.

    Raises:
        ConfigurationError: Something in it cannot be meant.
    """
    try:
        return Settings.model_validate(values, strict=strict)
    except ValidationError as error:
        # Never with the values: one may be a password, also where it stands under a misspelt key.
        faults = [(".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors(include_input=False, include_url=False)]
    raise ConfigurationError(f"{where}: {'; '.join(_told((names or {}).get(key, key), message) for key, message in faults)}")


def _told(key: str, message: str) -> str:
    """A fault in the words of this package."""
    message = message.removeprefix("Value error, ").replace("Input should be", "expected")
    if message.startswith("Extra inputs"):
        message = f"is no key of a profile; expected {', '.join(Settings.model_fields)}"
    return f"{key}: {message}" if key else message
