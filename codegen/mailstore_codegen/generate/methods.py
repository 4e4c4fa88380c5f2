"""Functions of the catalogue -> client methods, descriptors and type names, through the templates.

Everything that a template prints is made here, in typed views; templates only loop and print. Texts reach Python code
through two filters alone: `py` (a literal) and `docstring` (escaped), so no text can become code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mailstore_codegen.catalogue import naming
from mailstore_codegen.catalogue.model import Catalogue, Group, referenced
from mailstore_codegen.catalogue.schema import Argument, Function, Schema
from mailstore_codegen.generate.docstrings import argument_facts, method_docstring, walk_docstring
from mailstore_codegen.generate.exports import model_homes, sdk_homes
from mailstore_codegen.generate.options import call_options, client_options
from mailstore_codegen.generate.python_types import STAND_INS, argument_type, python_type
from mailstore_codegen.generate.templating import Rendered, environment, generated_by, locating_faults, python_literal


@dataclass(frozen=True)
class Parameter:
    """One parameter of a method."""

    name: str
    wire_name: str
    annotation: str
    default: str | None
    doc: str

    def __str__(self) -> str:
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default is not None else "")


@dataclass(frozen=True)
class Walk:
    """A method that reads a long time range of a function in windows, as both clients have it."""

    function: Function
    start: Parameter
    end: Parameter
    others: tuple[Parameter, ...]
    item: str

    @cached_property
    def docstring(self) -> tuple[str, ...]:
        """Its lines; wrapping them takes most of the time, and the reference does not need them."""
        others = {item.name: item.doc for item in self.others}
        return tuple(walk_docstring(self.function, self.start.doc, self.end.doc, others))

    @property
    def signature(self) -> str:
        """Everything between the parentheses of the definition."""
        window = "window: timedelta | None = None"
        bounds = (f"start: {self.start.annotation}", f"end: {self.end.annotation}")
        return ", ".join(("self", *bounds, "*", window, *map(str, self.others)))

    @property
    def arguments(self) -> str:
        """The mapping that hands the arguments on under their wire names."""
        names = {self.start.wire_name: "start", self.end.wire_name: "end"} | {item.wire_name: item.name for item in self.others}
        return _mapping(self.function, names)


@dataclass(frozen=True)
class Method:
    """One method as both the sync and the async client have it."""

    catalogue: Catalogue
    function: Function
    descriptor: str
    positional: tuple[Parameter, ...]
    keyword_only: tuple[Parameter, ...]
    result: str
    walk: Walk | None = None

    @cached_property
    def docstring(self) -> tuple[str, ...]:
        """Its lines; wrapping them takes most of the time, and the reference does not need them."""
        return tuple(method_docstring(self.catalogue, self.function, {item.name: item.doc for item in self.parameters}))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All parameters but self, as the signature has them."""
        return self.positional + self.keyword_only

    @property
    def signature(self) -> str:
        """Everything between the parentheses of the definition."""
        star = ("*",) if self.keyword_only else ()
        return ", ".join(("self", *map(str, self.positional), *star, *map(str, self.keyword_only)))

    @property
    def arguments(self) -> str:
        """The mapping that hands the arguments on under their wire names."""
        return _mapping(self.function, {item.wire_name: item.name for item in self.parameters})

    @property
    def secrets(self) -> list[str]:
        """The parameters that are secret, or JSON that may hold secrets."""
        secret = {argument.name for argument in self.function.args if argument.secret or argument.type == "json"}
        return [item.name for item in self.parameters if item.wire_name in secret]

    def returns(self, job: str) -> str:
        """The annotation of what the method returns, with `job` as the class for long-running work."""
        return f"{job}[{self.result}]" if self.function.long_running else self.result


@dataclass(frozen=True)
class Module:
    """The methods of one group."""

    group: Group
    server: tuple[Method, ...]
    instance: tuple[Method, ...]

    @property
    def server_class(self) -> str | None:
        """The class with the functions of the whole installation, if there are any."""
        return f"Server{naming.camel_case(self.group.name)}" if self.server else None

    @property
    def instance_class(self) -> str | None:
        """The class with the functions of one instance, if there are any."""
        return f"Instance{naming.camel_case(self.group.name)}" if self.instance else None

    @property
    def classes(self) -> list[str]:
        """The classes that the module has."""
        return [name for name in (self.instance_class, self.server_class) if name]

    def bases(self, kind: str) -> list[str]:
        """The hand-written classes that they extend; `kind` is that of the client."""
        return [f"{kind}{base}" for base, methods in (("ClientBase", self.server), ("InstanceBase", self.instance)) if methods]

    @property
    def descriptors(self) -> list[str]:
        """The names of the functions' descriptors."""
        return sorted(method.descriptor for method in self.server + self.instance)

    @property
    def models(self) -> list[str]:
        """The models that signatures name, and types that are no models but imported where they are."""
        named = {referenced(ref) for method in self.server + self.instance for ref in _references(method.function)}
        return sorted(named | set(filter(self.mentions, STAND_INS)))

    @property
    def literals(self) -> list[str]:
        """The literal types that signatures name."""
        enums = (argument.enum for method in self.server + self.instance for argument in method.function.own_args)
        return sorted({f"{referenced(enum)}Value" for enum in enums if enum})

    def mentions(self, word: str) -> bool:
        """Whether a signature uses a name that has to be imported."""
        annotations = (parameter.annotation for method in self.server + self.instance for parameter in method.parameters)
        results = (method.result for method in self.server + self.instance)
        return any(word in text for text in (*annotations, *results))

    def walks(self) -> bool:
        """Whether a method reads long time ranges."""
        return any(method.walk for method in self.server + self.instance)

    def has_secrets(self) -> bool:
        """Whether a method has an argument that may be secret."""
        return any(method.secrets for method in self.server + self.instance)

    def has_jobs(self) -> bool:
        """Whether a method starts long-running work."""
        return any(method.function.long_running for method in self.server + self.instance)


def render_clients(catalogue: Catalogue, package: str, templates: Path | None = None, *, own: bool = False) -> dict[str, Rendered]:
    """Every file that is made of templates, by its path in the package: the template's name and the text, unformatted.

    Args:
        catalogue: What to make methods of.
        package: Import name of the package.
        templates: A folder with templates that replace ours.
        own: Whether it is a team's own package, which has clients too.
    """
    env = environment(templates)
    modules = [module(catalogue, group) for group in catalogue.groups if group.functions]
    # Globals of the template, so that imported templates see them too.
    common = {
        "package": package,
        "modules": modules,
        "catalogue": catalogue,
        "naming": naming,
        "command": generated_by(own=own),
        "metadata": _metadata_type(catalogue),
        "call_options": call_options(),
        "client_options": client_options(),
    }

    def render(template: str, **values: object) -> Rendered:
        with locating_faults(templates):
            return template, env.get_template(template, globals=common).render(**values)

    enums = {name: shape.enum for name, shape in sorted(catalogue.types.items()) if shape.enum}
    files = {
        "__init__.py": render("own_package.py.jinja") if own else render("package.py.jinja", homes=sdk_homes(catalogue, package)),
        "functions/__init__.py": render("registry.py.jinja"),
        "literals.py": render("literals.py.jinja", enums=enums),
        "models/__init__.py": render("models.py.jinja", homes=model_homes(catalogue, package)),
        "options.py": render("options.py.jinja"),
    }
    for view in modules:
        files[f"functions/{view.group.name}.py"] = render("functions.py.jinja", module=view, python_type=python_type)
    for mode in ("sync", "aio"):
        files[f"{mode}/__init__.py"] = render("clients.py.jinja", mode=mode)
        files[f"{mode}/raw.py"] = render("raw.py.jinja", mode=mode)
        for view in modules:
            files[f"{mode}/{view.group.name}.py"] = render("client.py.jinja", mode=mode, module=view)
    return files


def _metadata_type(catalogue: Catalogue) -> str:
    """The type of the server's own list of its functions."""
    results = (endpoint.result for endpoint in catalogue.protocol.endpoints if endpoint.name == "get-metadata")
    return python_type(next(results, None) or Schema(), "_models.")


def module(catalogue: Catalogue, group: Group) -> Module:
    """The methods of a group, split by the client that has them."""
    methods = [method(catalogue, function) for function in group.functions]
    return Module(
        group=group,
        server=tuple(m for m in methods if not m.function.needs_instance),
        instance=tuple(m for m in methods if m.function.needs_instance),
    )


def method(catalogue: Catalogue, function: Function) -> Method:
    """One method: the first required arguments may be positional, the rest are keyword-only.

    The very first may be positional also with a default, unless it is a flag.
    """
    parameters = [parameter(catalogue, argument, function.variants(argument.name)) for argument in function.own_args]
    leading = next((i for i, p in enumerate(parameters) if p.default is not None), len(parameters))
    first = function.own_args[0] if function.own_args else None
    leading += first is not None and leading == 0 and first.required and first.type != "boolean"
    return Method(
        catalogue=catalogue,
        function=function,
        descriptor=function.constant,
        positional=tuple(parameters[:leading]),
        keyword_only=tuple(parameters[leading:]),
        result=python_type(function.result),
        walk=_walk(function, parameters),
    )


def _walk(function: Function, parameters: list[Parameter]) -> Walk | None:
    if function.walk is None:
        return None
    by_name = {item.wire_name: item for item in parameters}
    start, end = by_name.pop(function.walk.start), by_name.pop(function.walk.end)
    return Walk(function, start, end, tuple(by_name.values()), python_type(function.result.items or Schema()))


def parameter(catalogue: Catalogue, argument: Argument, variants: tuple[Argument, ...] = ()) -> Parameter:
    """One argument as a parameter; what need not be given is None and then not sent.

    If server versions differ, it accepts what any of the `variants` accepts.
    """
    hint = " | ".join(dict.fromkeys(map(argument_type, variants or (argument,))))
    optional = not argument.required and argument.default is None
    default = None if argument.required and argument.default is None else python_literal(argument.default)
    return Parameter(
        name=argument.variable,
        wire_name=argument.name,
        annotation=f"{hint} | None" if optional else hint,
        default=default,
        doc=" ".join(argument_facts(catalogue, argument)) or "Not documented.",
    )


def _mapping(function: Function, names: Mapping[str, str]) -> str:
    """The mapping of wire names to variables as Python source, with the id of the instance if the function needs one."""
    bound = {"instanceID": "self.instance_id"} if function.needs_instance else {}
    return "{" + ", ".join(f"{python_literal(wire_name)}: {variable}" for wire_name, variable in {**bound, **names}.items()) + "}"


def _references(function: Function) -> tuple[str, ...]:
    return function.result.references() + tuple(ref for argument in function.own_args for ref in argument.references())


def compiled(catalogue: Catalogue, *, own: bool = False) -> Mapping[str, object]:
    """The catalogue as data, for what interprets it at run time (``catalogue.json``).

    Without examples in a team's own package: there is one of each, and it fits the newest version.
    """
    left_out = {"example"} if own else None
    return {
        "protocol": catalogue.protocol.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "groups": [
            {
                "name": group.name,
                "title": group.title,
                "functions": [
                    {**f.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=left_out), "method": f.method}
                    for f in group.functions
                ],
                "types": {n: s.model_dump(mode="json", by_alias=True, exclude_defaults=True) for n, s in group.types.items()},
            }
            for group in catalogue.groups
        ],
    }
