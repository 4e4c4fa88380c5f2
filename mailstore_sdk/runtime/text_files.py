"""Read text files of every platform."""

import codecs

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decoded(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 with a byte order mark, and drop the mark. Programs on Windows write all of these.

    Raises:
        UnicodeDecodeError: The data has another encoding.
    """
    return data.decode(next((codec for mark, codec in _MARKS.items() if data.startswith(mark)), "utf-8"))
