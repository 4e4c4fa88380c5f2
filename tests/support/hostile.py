"""Strings that would break out of generated code or documents if they were not quoted."""

HOSTILE = (
    'quote " and \' and """ and \'\'\' end"',
    "back\\slash \\N{DASH} \\x00 \\u12 end\\",
    "braces {x} {{ 7*7 }} {% raise %} {# no #} %s %(x)s $x ${x}",
    '"""\nimport os\nos.abort()\n"""',
    "control \x07 \x1b[31m and bidi \u202e\u2066 and zero\u200bwidth",
)
