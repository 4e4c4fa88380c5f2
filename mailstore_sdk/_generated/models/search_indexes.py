"""Search indexes: models and enums.

Generated from spec/types/search_indexes.yaml; change the catalogue and run ``make generate``.
"""

from typing import Annotated

from pydantic import Field, JsonValue

from mailstore_sdk.runtime.model import Model


class IndexConfiguration(Model):
    """Which attachments the full-text indexes cover.

    Evidence: printed-sample (live25.3).
    """

    attachment_extensions: Annotated[JsonValue, Field(alias="attachmentExtensions")]
    """Null in all seen; whether it is a text or a list once set is not known. Evidence: unknown."""
    include_attachments_of_pdfs: Annotated[bool, Field(alias="includeAttachmentsOfPDFs")]
    """Whether files inside PDF files are covered too."""
