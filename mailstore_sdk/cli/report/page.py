"""The report as one page of HTML: no script, nothing fetched, every text of the server escaped."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from mailstore_sdk.cli.report import charts, words
from mailstore_sdk.cli.report.collect import Estate
from mailstore_sdk.cli.report.history import Kind
from mailstore_sdk.cli.report.judge import Level, Verdict
from mailstore_sdk.cli.report.line import sentence

_LARGEST = 8
_COLOURS = {Level.OK: "#1a7f4b", Level.UNKNOWN: "#7b4fa3", Level.WARNING: "#b97a00", Level.CRITICAL: "#c4312b"}
_SIGNS = {Level.OK: "\N{HEAVY CHECK MARK}", Level.UNKNOWN: "?", Level.WARNING: "!", Level.CRITICAL: "\N{HEAVY MULTIPLICATION X}"}


def render(estate: Estate, verdict: Verdict) -> str:
    """The page as text."""
    environment = Environment(
        loader=PackageLoader("mailstore_sdk.cli.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"number": words.number, "size": words.size, "day": words.day, "moment": words.moment}
    style = resources.files("mailstore_sdk.cli.report").joinpath("templates/page.css").read_text(encoding="utf-8")
    days = estate.days
    return environment.get_template("page.html.jinja").render(
        estate=estate,
        verdict=verdict,
        instances=verdict.worst_first(estate.instances),
        summary=sentence(estate, verdict),
        days=days,
        endings={kind: charts.ended(kind) for kind in Kind},
        charts=(charts.growth(days), charts.archived(days), charts.runs(days)),
        sizes=charts.sizes(estate.instances, _LARGEST),
        sparkline=charts.sparkline,
        colour=_COLOURS[verdict.level],
        signs=_SIGNS,
        style=style,
        style_hash=_hash(style),
    )


def _hash(text: str) -> str:
    """The hash by which the page's policy allows its style and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
