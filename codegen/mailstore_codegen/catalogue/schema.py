"""The shape of the catalogue's YAML files: what one may write, as frozen pydantic models.

``spec/catalogue.schema.json`` is made from these models, so an editor completes exactly what the loader accepts. Rules
that need more than one entry (references, collisions, examples) are in `mailstore_codegen.catalogue.lint`.
"""

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, JsonValue, StrictInt, StrictStr, StringConstraints, Tag

from mailstore_codegen.catalogue import naming

Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"\S")]
"""A text for people: never empty."""

VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")

Version = Annotated[str, StringConstraints(pattern=rf"^{VERSION.pattern}$")]
"""A server version as people say it: ``25.3``."""

Reference = Annotated[str, StringConstraints(pattern=r"^types/[a-z_]+\.yaml#/[A-Za-z0-9]+$")]
"""The location of a type: ``types/stores.yaml#/Store``."""

WireType = Literal["string", "integer", "number", "boolean", "datetime", "json", "list"]
JsonType = Literal["string", "integer", "number", "boolean", "array", "object", "null"]


def _is_one(value: object) -> str:
    return "many" if isinstance(value, list | tuple) else "one"


Types = Annotated[Annotated[JsonType, Tag("one")] | Annotated[tuple[JsonType, ...], Tag("many")], Discriminator(_is_one)]
"""One JSON type or a list of them; which it is, is decided by how it is written, so that an error is about that alone."""


def _is_text(value: object) -> str:
    return "text" if isinstance(value, str) else "number"


EnumValue = Annotated[Annotated[StrictStr, Tag("text")] | Annotated[StrictInt, Tag("number")], Discriminator(_is_text)]
"""A known value; which of the two it is, is decided by how it is written, so that an error is about that alone."""


class Effect(StrEnum):
    """What a call does to the server; decides whether a call may be retried if its reply is lost."""

    READ = "read"
    IDEMPOTENT = "idempotent"
    MUTATING = "mutating"
    DESTRUCTIVE = "destructive"


class Access(StrEnum):
    """The access that a caller needs in addition to an administrator's login."""

    ADMIN = "admin"
    PROVIDER = "provider"


class Evidence(StrEnum):
    """How a fact is known, from the strongest to none."""

    OBSERVED = "observed"
    PRINTED_SAMPLE = "printed-sample"
    DOCUMENTED = "documented"
    CONSUMED_BY_CODE = "consumed-by-code"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Entry(BaseModel):
    """Base of everything in the catalogue: frozen, and without unused keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Schema(Entry):
    """A JSON shape: the part of JSON Schema that the catalogue uses, and a few keywords of its own."""

    ref: Reference | None = Field(default=None, alias="$ref", description="Another type of the catalogue.")
    type: Types | None = Field(default=None, description="JSON type, or a list of them; nothing means anything.")
    title: Text | None = None
    description: Text | None = None
    format: Literal["date-time", "call-date-time", "utc-date-time"] | None = Field(
        default=None,
        description="date-time: as written, without a zone unless the text has one; call-date-time: in the time zone of the call; "
        "utc-date-time: in UTC. The text of the last two has no zone.",
    )
    const: str | None = Field(default=None, description="The only value: what the tag of a union holds in this one of its types.")
    enum: tuple[EnumValue, ...] | None = Field(default=None, description="Known values, texts or integers; a reply may hold others.")
    enum_docs: dict[str, Text] = Field(default_factory=dict, description="What each value means.")
    python_names: dict[str, str] = Field(
        default_factory=dict, description="The member of each value whose own name cannot be one, such as {'1': ONE}."
    )
    items: "Schema | None" = None
    properties: "dict[str, Schema]" = Field(default_factory=dict)
    required: tuple[str, ...] = Field(default=(), description="Keys that were there in every reply seen.")
    additional_properties: "Schema | None" = Field(default=None, alias="additionalProperties")
    any_of: "tuple[Schema, ...]" = Field(default=(), alias="anyOf")
    discriminator: str | None = Field(
        default=None, description="The wire key whose value selects the type of anyOf; the last type accepts unknown values."
    )
    unit: Text | None = Field(default=None, description="bytes, seconds, percent, ...")
    secret: bool = Field(default=False, description="Never shown in logs, reprs or errors.")
    since: Version | None = Field(default=None, description="Oldest version that a source shows with it.")
    until: Version | None = Field(default=None, description="Newest version that a source shows with it.")
    python_name: str | None = Field(default=None, description="Instead of the name made from the wire's.")
    evidence: Evidence | None = Field(default=None, description="By default, the evidence of the type that contains it.")
    sources: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    def field_name(self, wire_name: str) -> str:
        """The Python name of this schema as a field called `wire_name` on the wire."""
        return naming.field(wire_name, self.python_name)

    def member_name(self, value: str | int) -> str:
        """The Python name of one of the known values."""
        return naming.enum_member(str(value), self.python_names.get(str(value)))

    @property
    def types(self) -> tuple[JsonType, ...]:
        """The JSON types as a tuple, however they were written."""
        return (self.type,) if isinstance(self.type, str) else self.type or ()

    def children(self) -> "tuple[Schema, ...]":
        """The schemas directly inside this one."""
        inner = (self.items, self.additional_properties)
        return (*self.properties.values(), *self.any_of, *(schema for schema in inner if schema))

    @property
    def holds_secret(self) -> bool:
        """Whether it is secret, or something in it that has no name of its own."""
        return self.secret or any(child.holds_secret for child in self.children())

    def references(self) -> tuple[str, ...]:
        """Every type that this shape names, itself and inside."""
        own = (self.ref,) if self.ref else ()
        return own + tuple(ref for child in self.children() for ref in child.references())


class Argument(Entry):
    """One argument of a function, a field of the form on the wire."""

    name: str = Field(
        description="Exactly as on the wire; case matters. Listed once for each run of versions where its facts differ, oldest first."
    )
    type: WireType
    required: bool = Field(default=False, description="Mandatory on the server.")
    default: JsonValue = Field(default=None, description="What the SDK sends when the caller gives nothing.")
    wrapper_default: JsonValue = Field(
        default=None, description="What the vendor's later wrapper sends then, where the SDK sends something else or nothing."
    )
    wrapper_optional: bool = Field(default=False, description="The vendor's later wrapper lets a caller leave out what the server needs.")
    doc: Text | None = None
    enum: Reference | None = Field(default=None, description="The named enum that a string, or each element of a list, is taken from.")
    shape: Schema | None = Field(default=None, description="What a json argument holds.")
    secret: bool = Field(default=False, description="Never shown in logs, reprs or errors.")
    unit: Text | None = None
    since: Version | None = None
    until: Version | None = None
    python_name: str | None = None
    evidence: Evidence | None = Field(default=None, description="Where nothing is said, the evidence of the function's arguments.")

    @property
    def variable(self) -> str:
        """The name of the argument in Python."""
        return naming.parameter(self.name, self.python_name)

    def references(self) -> tuple[str, ...]:
        """Every type that this argument names."""
        return ((self.enum,) if self.enum else ()) + (self.shape.references() if self.shape else ())


class FunctionEvidence(Entry):
    """How the facts of one function are known."""

    args: Evidence = Field(description="Names, types and requiredness of the arguments.")
    result: Evidence = Field(description="The shape of the result.")
    long_running: Evidence = Field(default=Evidence.INFERRED, description="Whether it answers with a token.")
    sources: tuple[str, ...] = Field(default=(), description="Names of sources, explained in spec/README.md.")


class Example(Entry):
    """A call that fits the function, for docs and tests."""

    args: dict[str, JsonValue] = Field(default_factory=dict)


class Walk(Entry):
    """A method that reads a long time range in windows, as the server refuses or delays an answer to the whole."""

    name: str = Field(description="The name of the method in Python, such as iter_worker_results.")
    start: str = Field(description="The argument with the start of the time range.")
    end: str = Field(description="The argument with its end, which is not part of it.")


class Function(Entry):
    """One function of the Management API."""

    name: str = Field(description="Exactly as on the wire.")
    summary: Text = Field(description="One sentence: what it does.")
    details: Text | None = Field(default=None, description="What an administrator should know before the call.")
    effect: Effect
    long_running: bool = Field(default=False, description="Gives a Job; other functions are waited for where the server makes them long.")
    since: Version | None = Field(default=None, description="Oldest version that a source shows with it.")
    until: Version | None = Field(default=None, description="Newest version that a source shows with it.")
    access: Access
    args: tuple[Argument, ...] = ()
    result: Schema
    evidence: FunctionEvidence
    notes: tuple[Text, ...] = Field(default=(), description="Where sources differ: what was chosen, and why.")
    proposed: tuple[Literal["group", "effect", "long_running", "access"], ...] = Field(
        default=(), description="What `pull` guessed from the name. Confirm or correct it, then take it off this list."
    )
    python_name: str | None = None
    walk: Walk | None = Field(default=None, description="A second method, for long time ranges.")
    example: Example

    @property
    def method(self) -> str:
        """The name of the client's method."""
        return naming.method(self.name, self.python_name)

    @property
    def constant(self) -> str:
        """The name of the function's descriptor."""
        return naming.constant(self.name, self.python_name)

    @property
    def walk_method(self) -> str | None:
        """The name of the method that reads long time ranges, if there is one."""
        return naming.method(self.name, self.walk.name) if self.walk else None

    @property
    def needs_instance(self) -> bool:
        """Whether the first argument selects one instance, so that `Instance` has the method."""
        return bool(self.args) and self.args[0].name == "instanceID"

    @property
    def current_args(self) -> tuple[Argument, ...]:
        """The arguments that newer servers have too, required where all versions do; the others are for calls by name only."""
        optional = {argument.name for argument in self.args if not argument.required}
        return tuple(
            argument.model_copy(update={"required": False}) if argument.required and argument.name in optional else argument
            for argument in self.args
            if not argument.until
        )

    @property
    def own_args(self) -> tuple[Argument, ...]:
        """The arguments of the method: the current ones without a bound ``instanceID``."""
        return tuple(argument for argument in self.current_args if not (self.needs_instance and argument.name == "instanceID"))

    def variants(self, name: str) -> tuple[Argument, ...]:
        """The variants of an argument in server versions, oldest first; only one if all are the same."""
        return tuple(argument for argument in self.args if argument.name == name)


class FunctionFile(Entry):
    """``spec/functions/<group>.yaml``."""

    group: str
    title: Text
    functions: tuple[Function, ...]


class TypeFile(Entry):
    """``spec/types/<group>.yaml``."""

    group: str
    title: Text
    types: dict[str, Schema]


class Endpoint(Entry):
    """A call outside ``/api/invoke/``."""

    name: str
    path: Text
    summary: Text
    args: tuple[Argument, ...] = ()
    result: Schema | None = Field(default=None, description="What it answers with, where that is not the envelope.")
    evidence: Evidence


class Dialect(Entry):
    """One way to log in."""

    name: Literal["basic", "session"]
    port: int
    summary: Text
    since: Version
    until: Version | None = None
    evidence: Evidence


class Protocol(Entry):
    """``spec/protocol.yaml``."""

    versions: tuple[Version, ...] = Field(description="Server versions that sources speak of, oldest first.")
    dialects: tuple[Dialect, ...]
    endpoints: tuple[Endpoint, ...]
    envelope: Schema


class CatalogueFile(Entry):
    """The root of ``spec/catalogue.schema.json``: one of the three kinds of file."""

    protocol: Protocol
    functions: FunctionFile
    types: TypeFile
