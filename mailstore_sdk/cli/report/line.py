"""One line for a monitoring system: the state in words, then figures that it may draw."""

from __future__ import annotations

from mailstore_sdk.cli.report import words
from mailstore_sdk.cli.report.collect import Estate
from mailstore_sdk.cli.report.judge import Level, Limit, Verdict

_NAMED = 3


def sentence(estate: Estate, verdict: Verdict) -> str:
    """What there is and what is wrong with it."""
    counts = {level: sum(one.level is level for one in (*verdict.findings, *verdict.messages)) for level in reversed(Level)}
    found = ", ".join(f"{count} {level}" for level, count in counts.items() if count and level is not Level.OK) or "all well"
    held = f"{words.number(estate.messages)} messages, {words.size(estate.size_mb)}, {words.number(estate.users)} users"
    return f"{found}; {estate.running} of {len(estate.instances)} instances running, {held}"


def _measured(value: float, limit: Limit) -> str:
    """The highest value of a measure, with its limits for warning and critical, and the least that there is."""
    numbers = ("" if number is None else f"{number:g}" for number in (limit.warning, limit.critical))
    return f"{value:.4g};{';'.join(numbers)};0"


def line(estate: Estate, verdict: Verdict) -> str:
    """The state, the gravest findings and performance data, as plug-ins of monitoring systems print them."""
    gravest = "; ".join(f"{one.where}: {one.text}" if one.where else one.text for one in verdict.findings[:_NAMED])
    figures = {
        "instances": f"{len(estate.instances)}",
        "running": f"{estate.running}",
        "messages": f"{estate.messages}",
        "size": f"{estate.size_mb}MB",
        "users": f"{estate.users}",
        "findings": f"{len(verdict.findings)}",
    } | {name: _measured(value, verdict.limits[name]) for name, value in verdict.worst.items()}
    text = " - ".join(part for part in (f"MAILSTORE {verdict.level.upper()}", sentence(estate, verdict), gravest) if part)
    # A vertical bar would start the performance data.
    return f"{text.replace('|', '/')} | {' '.join(f'{name}={value}' for name, value in figures.items())}"
