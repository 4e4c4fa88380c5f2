"""Text as the programs of every platform write it."""

import codecs

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decoded(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 where a byte order mark announces it. Windows writes all of these; the mark is dropped.

    Raises:
        UnicodeDecodeError: It is something else.
    """
    return data.decode(next((codec for mark, codec in _MARKS.items() if data.startswith(mark)), "utf-8"))
