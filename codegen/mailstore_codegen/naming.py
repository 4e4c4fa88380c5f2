"""The one place where a name of the wire becomes a name in Python or a file name.

``instanceID`` becomes ``instance_id``, ``VerifyStore`` becomes ``verify_store``, ``writeProtected`` becomes
``WRITE_PROTECTED``. Names may come from a server, so only an allow-list of characters is accepted and every result is
a usable identifier; two wire names that meet in one Python name are a fault of the catalogue, never renamed silently.
"""

import keyword
import re

WIRE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
"""What a function, argument, field or type may be called on the wire."""

GROUP_NAME = re.compile(r"(?!index$)[a-z][a-z_]{0,39}")
"""What a group, and so a module and a YAML file, may be called; ``index`` is the reference's own page."""

_WORD = re.compile(
    r"""
      [A-Z]{2,}s(?![a-z])        # a plural acronym: PDFs
    | [A-Z]+(?![a-z])[0-9]*      # an acronym: MFA, ID, TLS12
    | [A-Z]?[a-z]+[0-9]*         # a word: user, Store, pop3
    | [0-9]+
    """,
    re.VERBOSE,
)

RESERVED_METHODS = frozenset(
    {
        "call",
        "close",
        "get_metadata",
        "from_profile",
        "instance",
        "instance_id",
        "iter_job_results",
        "iter_worker_results",
        "jobs",
        "map",
        "raw",
        "record_shapes",
        "resume",
        "server_version",
        "start",
        "with_options",
    }
)
"""Names that the hand-written clients use themselves."""

RESERVED_FIELDS = frozenset({"construct", "copy", "dict", "json", "schema", "validate", "to_wire"})
"""Names that the base class of the models uses itself; those that begin with ``model_`` are reserved too."""

RESERVED_OPTIONS = frozenset(
    {
        "debug",
        "dry-run",
        "from-file",
        "help",
        "instance",
        "output",
        "profile",
        "query",
        "show-secrets",
        "skeleton",
        "timeout",
        "wait",
        "yes",
    }
)
"""Options that every command of the command line has."""


RESERVED_WRAPPER_METHODS = frozenset(
    {
        "CancelAsync",
        "GetMetadata",
        "GetStatus",
        "HandleToken",
        "HandleTokenIter",
        "YieldStatus",
        "autoHandleToken",
        "call",
        "callback",
        "callbackStatus",
        "fileLogLevel",
        "host",
        "instanceID",
        "logLevel",
        "logout",
        "password",
        "port",
        "username",
        "waitTime",
    }
)
"""Names that the hand-written clients with the vendor wrapper's interface use themselves."""

RESERVED_WRAPPER_PARAMETERS = frozenset({"self", "autoHandleToken"})
"""Names that every method with the vendor wrapper's interface has already."""


def printable(text: str) -> str:
    """A text without control and direction characters, which could hide what the code around it does."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


class UnusableNameError(ValueError):
    """A wire name that has no safe Python name."""


def words(wire_name: str) -> list[str]:
    """Split a wire name into lower-case words: ``includeAttachmentsOfPDFs`` -> include, attachments, of, pdfs."""
    if not WIRE_NAME.fullmatch(wire_name):
        raise UnusableNameError(f"{wire_name[:120]!r} is not a name: expected a letter, then letters, digits or _")
    return [word.lower() for word in _WORD.findall(wire_name)]


def snake_case(wire_name: str) -> str:
    """The Python name of a function, argument or field."""
    name = "_".join(words(wire_name))
    return f"{name}_" if keyword.iskeyword(name) else name


def constant(wire_name: str) -> str:
    """The name of a function's descriptor: ``VerifyStore`` -> ``VERIFY_STORE``."""
    return "_".join(words(wire_name)).upper()


def enum_member(value: str) -> str:
    """The name of an enum member: ``writeProtected`` -> ``WRITE_PROTECTED``, ``Office365_Modern`` -> ``OFFICE365_MODERN``."""
    return constant(value)


def method(wire_name: str) -> str:
    """The name of a client's method; refused where a hand-written name would be hidden."""
    name = snake_case(wire_name)
    if name in RESERVED_METHODS:
        raise UnusableNameError(f"{wire_name} would hide the client's own {name!r}: give it a python_name")
    return name


def wrapper_method(wire_name: str) -> str:
    """The name of a method with the vendor wrapper's interface: that of the wire."""
    return _as_on_the_wire(wire_name, RESERVED_WRAPPER_METHODS)


def wrapper_parameter(wire_name: str) -> str:
    """The name of a parameter with the vendor wrapper's interface: that of the wire."""
    return _as_on_the_wire(wire_name, RESERVED_WRAPPER_PARAMETERS)


def field(wire_name: str) -> str:
    """The name of a model's field; refused where a name of the base class would be hidden."""
    name = snake_case(wire_name)
    if name in RESERVED_FIELDS or name.startswith("model_"):
        raise UnusableNameError(f"{wire_name} would hide the model's own {name!r}: give it a python_name")
    return name


def kebab_case(python_name: str) -> str:
    """The name of a command or option: ``verify_store`` -> ``verify-store``."""
    return python_name.strip("_").replace("_", "-")


def option(python_name: str) -> str:
    """The option for an argument; one that the command line has itself is for the function with ``arg-`` in front."""
    name = kebab_case(python_name)
    return f"arg-{name}" if name in RESERVED_OPTIONS else name


def type_name(name: str) -> str:
    """The class of a type: its catalogue name, which must be in CapWords already."""
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,79}", name) or keyword.iskeyword(name):
        raise UnusableNameError(f"{name[:120]!r} is not a type's name: expected CapWords such as StoreState")
    return name


def python_name(name: str) -> str:
    """A name that the catalogue gives itself (``python_name``), checked."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) or keyword.iskeyword(name):
        raise UnusableNameError(f"python_name {name[:120]!r} is not a lower-case Python name")
    return name


def _as_on_the_wire(wire_name: str, reserved: frozenset[str]) -> str:
    words(wire_name)  # the allow-list of characters
    if wire_name in reserved:
        raise UnusableNameError(f"{wire_name} would hide a name of the vendor wrapper's interface, which has no other name for it")
    return f"{wire_name}_" if keyword.iskeyword(wire_name) else wire_name
