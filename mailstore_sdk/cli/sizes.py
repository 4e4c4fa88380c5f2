"""Sizes as people read them. MailStore counts as Windows does: 1 MB is 1,048,576 bytes."""

UNITS = ("bytes", "KB", "MB", "GB", "TB")


def human_size(count: float, unit: str = "bytes") -> str:
    """Write a size in the largest unit of which there is at least one, such as 1.5 GB.

    Args:
        count: The size.
        unit: The unit that it is counted in, one of `UNITS`.
    """
    at = UNITS.index(unit)
    whole = True
    while abs(count) >= 1024 and at < len(UNITS) - 1:  # noqa: PLR2004 - the factor between units
        count, at, whole = count / 1024, at + 1, False
    return f"{count:,.0f} {UNITS[at]}" if whole else f"{count:,.1f} {UNITS[at]}"
