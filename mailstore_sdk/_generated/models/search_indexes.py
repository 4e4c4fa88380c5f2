"""Search indexes: models and enums.

Generated from spec/types/search_indexes.yaml; change the catalogue and run ``make generate``.
"""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import Model


class IndexConfiguration(Model):
    """Which types of attached files the full-text indexes cover.

    Evidence: printed-sample (live25.3, help-spe, marketplace-api).
    """

    attachment_extensions: Annotated[JsonValue, Field(alias="attachmentExtensions")]
    """File name extensions to cover; null in all observed replies, and most likely one string once set. Evidence:
inferred."""
    include_attachments_of_pdfs: Annotated[bool, Field(alias="includeAttachmentsOfPDFs")]
    """Whether files inside PDF files are covered too."""

    if TYPE_CHECKING:

        def __init__(self, *, attachment_extensions: JsonValue, include_attachments_of_pdfs: bool) -> None:
            """Strings are accepted in place of enum members; a field that may be null may be left out."""
