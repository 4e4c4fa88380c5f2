"""Compare a server's list of functions with the catalogue, and find the edits that make the catalogue agree.

`diff` compares the catalogue before and after, and reports what the edits mean for programs.
"""

import copy
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from mailstore_codegen.catalogue.model import Catalogue
from mailstore_codegen.catalogue.schema import Argument, Function
from mailstore_codegen.catalogue.server_functions import WIRE_TYPES, ServerArgument, ServerFunction, ServerFunctions
from mailstore_codegen.catalogue.versions import at, before, number, offered
from mailstore_codegen.upgrade.edit import Edit, Editor, append_entry, flow, quoted
from mailstore_codegen.upgrade.guess import Guesses

EditsByFunction = dict[str, list[Edit]]


@dataclass
class Comparison:
    """The result of a comparison.

    Attributes:
        edits: The edits that make the catalogue agree, by function.
        contradictions: What no edit can resolve, by function: the list contradicts another source.
    """

    edits: EditsByFunction = field(default_factory=EditsByFunction)
    contradictions: dict[str, str] = field(default_factory=dict[str, str])


def compare(catalogue: Catalogue, version: str, reported: ServerFunctions, skip: Container[str] = ()) -> Comparison:
    """Return the edits that make the catalogue agree with a server's list for a version, by function.

    Args:
        catalogue: The current catalogue.
        version: The version of the server.
        reported: The server's list.
        skip: Functions to ignore on both sides.
    """
    edits = _Edits(catalogue, version)
    known = {function.name: function for function in catalogue.functions if function.name not in skip}
    here = {function.name: function for function in at(catalogue, version).functions if function.name not in skip}
    listed = {name: function for name, function in reported.items() if name not in skip}
    renamed = {name.lower(): name for name in here if name not in listed}
    for name, function in listed.items():
        if name in here:
            edits.compare_arguments(here[name], known[name], function)
        elif name in known:
            edits.add(name, edits.widen(known[name], None))
        elif name.lower() in renamed:
            edits.add(name, edits.rename(known[renamed[name.lower()]], name))
        else:
            edits.add(name, edits.add_function(function))
    for name in here:
        if name not in listed:
            edits.add(name, edits.end(known[name], None))
    return edits.found


class _Edits:
    """Creates the edits. It knows where each function is, and the version of the list."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self._catalogue = catalogue
        self._version = version
        self._guesses = Guesses(catalogue)
        self.found = Comparison()

    def add(self, function: str, edit: Edit | None) -> None:
        """Add an edit."""
        if edit:
            self.found.edits.setdefault(function, []).append(edit)

    def compare_arguments(self, here: Function, whole: Function, reported: ServerFunction) -> None:
        """Compare the arguments of a function that catalogue and list have."""
        known = {argument.name: argument for argument in here.args}
        for argument in reported.args:
            if argument.name in known:
                self._compare_argument(whole, argument)
            elif whole.variants(argument.name):
                self.add(whole.name, self.widen(whole, whole.variants(argument.name)[-1]))
            else:
                self.add(whole.name, self.add_argument(whole, argument))
        names = {argument.name for argument in reported.args}
        for name in known.keys() - names:
            self.add(whole.name, self.end(whole, self._variant(whole, name)))

    def _variant(self, whole: Function, name: str) -> Argument:
        return next(variant for variant in whole.variants(name) if offered(variant, self._version))

    def _compare_argument(self, whole: Function, reported: ServerArgument) -> None:
        argument = self._variant(whole, reported.name)
        facts: dict[str, object] = {}
        if argument.type not in WIRE_TYPES[reported.type]:
            guessed = self._guesses.wire_type(reported)
            facts |= {"type": guessed, "enum": None, "shape": None, "default": None, "wrapper_default": None}
        if argument.required == reported.nullable:
            facts |= {"required": None, "default": None} if reported.nullable else {"required": True}
        if facts:
            self.add(whole.name, self.change_argument(whole, argument, facts))

    def add_function(self, reported: ServerFunction) -> Edit:
        """Add a complete entry for a function."""
        group = self._guesses.group(reported.name)

        def edit(editor: Editor) -> None:
            append_entry(editor.functions(group), self._guesses.function(reported, self._version))

        return edit

    def rename(self, old: Function, name: str) -> Edit:
        """Keep the old entry for older servers, and copy its facts to an entry with the new name."""
        end = self.end(old, None)

        def edit(editor: Editor) -> None:
            entry = self._entry(editor, old)
            new = copy.deepcopy(entry)
            if end:
                end(editor)
            new["name"] = name
            new.pop("until", None)
            _put(new, "since", quoted(self._version), before="access")
            group = next(group for group in self._catalogue.groups if old in group.functions)
            append_entry(editor.functions(group.name), new)

        return edit

    def add_argument(self, function: Function, reported: ServerArgument) -> Edit:
        """Add an argument after the others."""

        def edit(editor: Editor) -> None:
            entry = self._entry(editor, function)
            new = self._guesses.facts(reported) | {"since": quoted(self._version), "evidence": "observed"}
            if reported.name == "instanceID":
                entry.setdefault("args", []).insert(0, flow(new))
            elif "args" in entry:
                entry["args"].append(flow(new))
            else:
                entry.insert(list(entry).index("result"), "args", [flow(new)])
            if not reported.nullable:
                _example(entry)[reported.name] = self._guesses.sample(new)

        return edit

    def change_argument(self, function: Function, argument: Argument, facts: dict[str, object]) -> Edit:
        """Change facts of an argument from the version on, or up to it if newer versions are known; None removes a fact."""
        versions = sorted({*self._catalogue.protocol.versions, self._version}, key=number)
        span = [version for version in versions if offered(argument, version) and offered(function, version)]
        older = [version for version in span if number(version) < number(self._version)]
        newer = [version for version in span if number(version) > number(self._version)]

        def edit(editor: Editor) -> None:
            function_entry = self._entry(editor, function)
            args = function_entry["args"]
            entry = _argument_entry(args, function, argument)
            changed = entry
            if newer or older:
                changed = copy.deepcopy(entry)
                args.insert(args.index(entry) + (0 if newer else 1), changed)
            if newer:
                changed["until"], entry["since"] = quoted(self._version), quoted(newer[0])
            elif older:
                entry["until"], changed["since"] = quoted(older[-1]), quoted(self._version)
            for key, value in {**facts, "evidence": "observed"}.items():
                if value is not None:
                    changed[key] = value
                else:
                    changed.pop(key, None)
            if not newer and ("type" in facts or (facts.get("required") and argument.default is None)):
                _example(function_entry)[argument.name] = self._guesses.sample(changed)

        return edit

    def end(self, function: Function, argument: Argument | None) -> Edit | None:
        """Set ``until`` to the previous version; return None if that contradicts ``since``."""
        last = before(self._version, self._catalogue.protocol.versions)
        entry = argument or function
        if last is None or (entry.since and number(last) < number(entry.since)):
            what = function.name if argument is None else f"its argument {argument.name}"
            known = f"since {entry.since}" if entry.since else "in every version"
            self.found.contradictions[function.name] = f"the list of SPE {self._version} lacks {what}, which is known {known}"
            return None
        return self._date(function, argument, "until", last)

    def widen(self, function: Function, argument: Argument | None) -> Edit:
        """Change ``since`` or ``until`` so that the range includes the version of the list."""
        entry = argument or function
        if entry.since is not None and number(self._version) < number(entry.since):
            return self._date(function, argument, "since", self._version)
        return self._date(function, argument, "until", None)

    def _date(self, function: Function, argument: Argument | None, key: str, version: str | None) -> Edit:
        def edit(editor: Editor) -> None:
            entry = self._entry(editor, function)
            place = entry if argument is None else _argument_entry(entry["args"], function, argument)
            if version is None:
                del place[key]
            elif argument is not None:
                place[key] = quoted(version)
            else:
                _put(place, key, quoted(version), before="access")

        return edit

    def _entry(self, editor: Editor, function: Function) -> Any:
        group = next(group for group in self._catalogue.groups if function.name in {item.name for item in group.functions})
        return editor.function(group.name, function.name)


def add_version(version: str) -> Edit:
    """Add a server version to ``protocol.yaml``, in order."""

    def edit(editor: Editor) -> None:
        versions = editor.protocol()["versions"]
        if version not in versions:
            later = [index for index, other in enumerate(versions) if number(other) > number(version)]
            versions.insert(later[0] if later else len(versions), quoted(version))

    return edit


def _argument_entry(args: Any, function: Function, argument: Argument) -> Any:
    """Return the YAML entry of an argument among those with its name, which are in the same order."""
    return [entry for entry in args if entry["name"] == argument.name][function.variants(argument.name).index(argument)]


def _put(entry: Any, key: str, value: object, *, before: str) -> None:
    if key in entry:
        entry[key] = value
    else:
        entry.insert(list(entry).index(before), key, value)


def _example(entry: Any) -> Any:
    if "args" not in entry["example"]:
        entry["example"]["args"] = flow({})
    return entry["example"]["args"]
