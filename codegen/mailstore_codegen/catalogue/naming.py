"""The one place where a name of the wire becomes a name in Python or a file name.

``instanceID`` becomes ``instance_id``, ``VerifyStore`` becomes ``verify_store``, ``writeProtected`` becomes
``WRITE_PROTECTED``. Names may come from a server, so only an allow-list of characters is accepted and every result is
a usable identifier; two wire names that meet in one Python name are a fault of the catalogue, never renamed silently.
"""

import keyword
import re
from collections.abc import Iterable
from functools import cache

from mailstore_codegen.catalogue.sdk_source import exported_names

WIRE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
"""What a function, argument, field or type may be called on the wire."""

GROUP_NAME = re.compile(r"(?=.{1,40}$)[a-z]+(_[a-z]+)*")
"""What a group, and so a module and a YAML file, may be called."""

RESERVED_GROUPS = frozenset({"functions", "index", "raw"})
"""Modules and pages that are there for all groups."""

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
        "jobs",
        "map",
        "options",
        "raw",
        "record_shapes",
        "resume",
        "server_version",
        "start",
        "with_options",
    }
)
"""Names that the hand-written clients use themselves."""

SECRET_WORDS = frozenset({"password", "passwords", "passphrase", "secret", "secrets", "pin", "token", "tokens", "key", "keys"})
"""Words in the names of what is not to be shown."""

BUILT_IN = frozenset({"bool", "datetime", "dict", "float", "int", "list", "str"})
"""Names used in annotations: a method or field of that name would hide them in its class."""

RESERVED_PARAMETERS = frozenset({"self", "functions", "arguments"})
"""Names that the body of a method uses itself."""

RESERVED_FIELDS = frozenset(
    {
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "mro",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "register",
        "schema",
        "schema_json",
        "to_wire",
        "update_forward_refs",
        "validate",
        "without",
    }
)
"""Names that the models' base class and every class use themselves; those that begin with ``model_`` are reserved too."""

RESERVED_OPTIONS = frozenset(
    {
        "all-columns",
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

RESERVED_CONSTANTS = frozenset({"FUNCTIONS", "GET_METADATA"})
"""Names that the registry of functions uses itself."""

RESERVED_TYPES = frozenset(
    {
        "Annotated",
        "Any",
        "Argument",
        "Arguments",
        "AsyncClientBase",
        "AsyncInstance",
        "AsyncInstanceBase",
        "AsyncIterator",
        "AsyncJob",
        "AsyncSPEClient",
        "AttributeError",
        "CallArguments",
        "ClientOptions",
        "ConfigDict",
        "Effect",
        "Enum",
        "Envelope",
        "Field",
        "Function",
        "Instance",
        "InstanceFunctions",
        "IntEnum",
        "Iterator",
        "Job",
        "JsonValue",
        "Literal",
        "Mapping",
        "Model",
        "Optional",
        "SPEClient",
        "SecretText",
        "Sequence",
        "ServerFunctions",
        "StrEnum",
        "SyncClientBase",
        "SyncInstanceBase",
        "Tag",
        "TypeAlias",
        "TypeAliasType",
        "Union",
        "CallDatetime",
        "UtcDatetime",
        "WireDatetime",
    }
)
"""Names that generated modules use themselves, and the one that OpenAPI has for the reply of every function."""


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
        "ignoreInvalidSSLCerts",
        "instanceID",
        "log",
        "logLevel",
        "logLevels",
        "logout",
        "metadata",
        "password",
        "port",
        "username",
        "waitTime",
    }
)
"""Names that the hand-written clients with the vendor wrapper's interface use themselves."""

RESERVED_WRAPPER_PARAMETERS = frozenset({"self", "autoHandleToken", "locals"})
"""Names that every method with the vendor wrapper's interface uses itself."""


def printable(text: str) -> str:
    """A text without control and direction characters, which could hide what the code around it does."""
    return text if text.isprintable() else "".join(char if char.isprintable() or char == "\n" else " " for char in text)


class UnusableNameError(ValueError):
    """A wire name that has no safe Python name."""


@cache
def words(wire_name: str) -> tuple[str, ...]:
    """Split a wire name into lower-case words: ``includeAttachmentsOfPDFs`` -> include, attachments, of, pdfs."""
    if not WIRE_NAME.fullmatch(wire_name):
        raise UnusableNameError(f"{wire_name[:120]!r} is not a name: expected a letter, then letters, digits or _")
    return tuple(word.lower() for word in _WORD.findall(wire_name))


def snake_case(wire_name: str) -> str:
    """The Python name of a function, argument or field."""
    name = "_".join(words(wire_name))
    return f"{name}_" if keyword.iskeyword(name) else name


def constant(wire_name: str, given: str | None = None) -> str:
    """The name of a function's descriptor, made as that of its method: ``VerifyStore`` -> ``VERIFY_STORE``."""
    name = (python_name(given) if given else "_".join(words(wire_name))).upper()
    if name in RESERVED_CONSTANTS:
        raise UnusableNameError(f"{wire_name} would hide the registry's own {name!r}: functions cannot be called so")
    return name


def sounds_secret(wire_name: str) -> bool:
    """Return whether a name suggests a secret."""
    return not SECRET_WORDS.isdisjoint(words(wire_name))


def camel_case(group: str) -> str:
    """The name of a group in its classes: ``search_indexes`` -> ``SearchIndexes``."""
    return "".join(word.capitalize() for word in group.split("_"))


def group_name(group: str) -> str:
    """The name of a group, checked."""
    if not GROUP_NAME.fullmatch(group):
        raise UnusableNameError(f"group {group[:60]!r}: expected lower-case words joined by _, at most 40 characters")
    if group in RESERVED_GROUPS or keyword.iskeyword(group):
        reason = "a keyword of Python" if keyword.iskeyword(group) else "the name of a module that every package has"
        raise UnusableNameError(f"group {group!r} is {reason}: choose another name, such as {group}_things")
    return group


def enum_member(value: str, given: str | None = None) -> str:
    """The name of an enum member, or `given`: ``writeProtected`` -> ``WRITE_PROTECTED``."""
    if given is not None:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,99}", given):
            raise UnusableNameError(f"the name {given[:120]!r} for {value[:60]!r}: expected upper-case letters, digits and _")
        return given
    if not WIRE_NAME.fullmatch(value):
        raise UnusableNameError(f"{value[:120]!r} gives no name for a member: name it under python_names, as in {{{value[:60]!r}: OTHER}}")
    return "_".join(words(value)).upper()


def method(wire_name: str, given: str | None = None) -> str:
    """The name of a client's method, `given` where the catalogue gives it; refused where a hand-written name would be hidden."""
    name = python_name(given) if given else snake_case(wire_name)
    if name in RESERVED_METHODS | BUILT_IN:
        raise UnusableNameError(f"{wire_name} would hide the client's own {name!r}: give it a python_name")
    return name


def wrapper_method(wire_name: str) -> str:
    """The name of a method with the vendor wrapper's interface: that of the wire."""
    return _as_on_the_wire(wire_name, RESERVED_WRAPPER_METHODS)


def wrapper_parameter(wire_name: str) -> str:
    """The name of a parameter with the vendor wrapper's interface: that of the wire."""
    return _as_on_the_wire(wire_name, RESERVED_WRAPPER_PARAMETERS)


def parameter(wire_name: str, given: str | None = None) -> str:
    """The name of a method's parameter, or `given`; refused where the method uses the name itself."""
    name = python_name(given) if given else snake_case(wire_name)
    if name in RESERVED_PARAMETERS:
        raise UnusableNameError(f"{wire_name} would hide the method's own {name!r}: give it a python_name")
    return name


def field(wire_name: str, given: str | None = None) -> str:
    """The name of a model's field, or `given`; refused where a name of the base class would be hidden."""
    name = python_name(given) if given else snake_case(wire_name)
    if name in RESERVED_FIELDS | BUILT_IN | {"self"} or name.startswith("model_"):
        raise UnusableNameError(f"{wire_name} would hide the model's own {name!r}: give it a python_name")
    return name


def kebab_case(python_name: str) -> str:
    """The name of a command or option: ``verify_store`` -> ``verify-store``."""
    return python_name.strip("_").replace("_", "-")


_COMMAND_GROUPS = {"jobs": "scheduled-jobs", "profiles": "archiving-profiles"}
"""Groups whose names mean something else on the command line: long-running jobs, profiles with the way to log in."""

_SUBJECTS = {"administrators": "system_administrator", "provider_access": "archive_admin", "search_indexes": "index"}
"""What the functions of a group are about, where it is not the group's name in the singular."""


def command_group(group: str) -> str:
    """The name of a group of commands."""
    return _COMMAND_GROUPS.get(group, kebab_case(group))


def commands(group: str, methods: Iterable[str]) -> dict[str, str]:
    """The command for each method of a group, without what the group says already: ``users create`` for ``create_user``.

    A list is ``list`` and everything about one thing ``show``. Where singular and plural would be the same command, the
    plural is the one with ``-all``.
    """
    methods = list(methods)
    subject = _SUBJECTS.get(group, group.removesuffix("s")).split("_")
    found: dict[str, str] = {}
    for method in methods:
        verb, *rest = method.strip("_").split("_")
        noun, rest = rest[: len(subject)], rest[len(subject) :]
        is_plural = noun == [*subject[:-1], f"{subject[-1]}s"]
        if noun != subject and not is_plural:
            found[method] = kebab_case(method)
        elif verb == "get" and (is_plural, rest) in ((True, []), (False, ["info"])):
            found[method] = "list" if is_plural else "show"
        else:
            has_twin = is_plural and "_".join([verb, *subject, *rest]) in methods
            found[method] = "-".join([verb, *rest, "all"] if has_twin else [verb, *rest])
    return found


def option(python_name: str) -> str:
    """The option for an argument; one that the command line has itself is for the function with ``arg-`` in front."""
    name = kebab_case(python_name)
    return f"arg-{name}" if name in RESERVED_OPTIONS else name


def type_name(name: str) -> str:
    """The class of a type: its catalogue name, which must be in CapWords already."""
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]{0,79}", name) or keyword.iskeyword(name):
        raise UnusableNameError(f"{name[:120]!r} is not a type's name: expected CapWords such as StoreState")
    if name in RESERVED_TYPES:
        raise UnusableNameError(f"{name} is a name that the generated modules use themselves: choose another, such as Server{name}")
    if any(name in names for names in exported_names().values()):
        raise UnusableNameError(f"{name} is a name that mailstore_sdk exports: choose another, such as Server{name}")
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
