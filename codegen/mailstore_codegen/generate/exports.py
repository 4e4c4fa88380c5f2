"""The names that the SDK and a package's models export, each by the module that it is imported from on first use."""

from collections.abc import Mapping, Sequence

from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.sdk_source import exported_names
from mailstore_codegen.generate.python_types import STAND_INS

Homes = Mapping[str, Sequence[str]]


def sdk_homes(catalogue: Catalogue, package: str) -> Homes:
    """Every public name of ``mailstore_sdk``, whose generated part is the package."""
    return {
        f"{package}.aio": ["AsyncInstance", "AsyncSPEClient"],
        f"{package}.models": [*catalogue.types, *_literals(catalogue), "JsonValue"],
        f"{package}.options": ["CallArguments", "ClientOptions"],
        f"{package}.sync": ["Instance", "SPEClient"],
        **exported_names(),
    }


def model_homes(catalogue: Catalogue, package: str) -> Homes:
    """Models and enums, their known values, and the types of fields that are no models."""
    homes = {f"{package}.models.{group.name}": list(group.types) for group in catalogue.groups}
    homes[f"{package}.literals"] = _literals(catalogue)
    for path in STAND_INS.values():
        module, _, name = path.rpartition(".")
        homes.setdefault(module, []).append(name)
    return {module: names for module, names in homes.items() if names}


def _literals(catalogue: Catalogue) -> list[str]:
    return [f"{name}Value" for name, shape in catalogue.types.items() if shape.enum]
