"""Compare what is rendered with the files on disk, or put it in their place."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from mailstore_codegen.write.atomic import replace_file, replace_folder
from mailstore_codegen.write.render import Outputs
from mailstore_codegen.write.targets import OutputError, Targets


def write(outputs: Outputs, targets: Targets) -> None:
    """Put everything in place; each folder is whole before it takes the old one's place."""
    replace_folder(outputs.package, targets.package)
    replace_folder(outputs.neutral, targets.neutral)
    replace_file(outputs.schema, targets.schema)


def write_package(
    files: Mapping[str, str], folder: Path, docs: Mapping[str, str] = MappingProxyType({}), docs_folder: Path | None = None
) -> None:
    """Put a team's own package and its documents in place, each folder whole.

    Raises:
        OutputError: A folder holds something that was not generated; nothing was written.
    """
    _refuse_others(folder, "catalogue.json", "folder or package", lambda path: _is_generated(path, folder, files))
    if docs_folder:
        parts = {name.partition("/")[0] for name in docs}
        _refuse_others(docs_folder, "openapi.json", "folder for docs", lambda path: path.relative_to(docs_folder).parts[0] in parts)
        replace_folder(docs, docs_folder)
    replace_folder(files, folder)


def _refuse_others(folder: Path, mark: str, what: str, is_generated: Callable[[Path], bool]) -> None:
    """Refuse a folder that is to be replaced, but holds something else than what the generator once put there."""
    if folder.exists() and not (folder / mark).is_file() and any(folder.iterdir()):
        raise OutputError(f"{folder} is not empty and was not generated: it would be replaced whole; name another {what}")
    if own := sorted(path.relative_to(folder).as_posix() for path in _files(folder) if not is_generated(path)):
        raise OutputError(f"{folder} is replaced whole, and holds files of yours: move them elsewhere: {', '.join(own)}")


def differences(outputs: Outputs, targets: Targets) -> list[str]:
    """Every file on disk that is not as it would be generated, with what is wrong."""
    found = [*_compare(outputs.package, targets.package), *_compare(outputs.neutral, targets.neutral)]
    if not targets.schema.is_file() or _text(targets.schema) != outputs.schema.encode("utf-8"):
        found.append(f"{targets.schema}: differs from what the generator makes")
    return sorted(found)


def compare_folder(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Every file of a folder that is not as it would be generated, with what is wrong."""
    return list(_compare(wanted, folder))


def _compare(wanted: Mapping[str, str], folder: Path) -> Iterator[str]:
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    for path in sorted(wanted.keys() | present.keys()):
        if path not in present:
            yield f"{folder / path}: is missing"
        elif path not in wanted:
            yield f"{folder / path}: is not generated (any more)"
        elif _text(present[path]) != wanted[path].encode("utf-8"):
            yield f"{folder / path}: differs from what the generator makes"


def _is_generated(path: Path, folder: Path, files: Mapping[str, str]) -> bool:
    """Whether a file was made by the generator, now or earlier: every module says so at its top."""
    name = path.relative_to(folder).as_posix()
    return name in files or (path.suffix == ".py" and b"\n\nGenerated from " in _text(path)[:1000])


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _text(path: Path) -> bytes:
    """The content of a file, with the line ends of the generator; a checkout on Windows may have others."""
    return path.read_bytes().replace(b"\r\n", b"\n")
