"""The error tree: as documented, picklable, and exported by the package."""

import pickle
import re

import pytest

import mailstore_sdk
from mailstore_sdk import errors


def all_errors() -> list[type[errors.MailStoreError]]:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.MailStoreError)]
    assert len(found) > 20
    return found


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    drawn = {}
    parents: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        if match := re.match(r"^ {4}((?:│ {3}| {4})*)(?:[├└]── )?(\w+Error)\b", line):
            depth = len(match[1]) // 4 + ("── " in line)
            parents = [*parents[:depth], match[2]]
            if depth:
                drawn.setdefault(match[2], parents[depth - 1])
    real = {kind.__name__: {base.__name__ for base in kind.__mro__[1:]} for kind in all_errors() if kind is not errors.MailStoreError}
    assert drawn.keys() == real.keys()
    for name, parent in drawn.items():
        assert parent in real[name]


@pytest.mark.parametrize("kind", all_errors())
def test_every_error_survives_pickling_with_its_attributes(kind: type[errors.MailStoreError]) -> None:
    error = kind("What happened.", function="GetUsers", arguments={"instanceID": "test01"})
    for name, value in {"status": 500, "server_message": "No.", "token": "sa1", "log": "one\n", "result": [1]}.items():
        if hasattr(error, name):
            setattr(error, name, value)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert str(copy) == "What happened."
    assert vars(copy) == vars(error)


def test_every_error_and_warning_is_public() -> None:
    kinds = [kind.__name__ for kind in all_errors()] + ["ReadablePasswordWarning", "SchemaDriftWarning", "UnverifiedServerWarning"]
    assert set(kinds) <= set(mailstore_sdk.__all__)


def test_a_failed_job_is_a_failed_function_and_a_job_error() -> None:
    error = errors.JobFailedError("x", server_message="why", details="at …", token="sa1", log="one\n")
    assert isinstance(error, errors.FunctionFailedError)
    assert isinstance(error, errors.JobError)
    assert (error.server_message, error.details, error.token, error.log) == ("why", "at …", "sa1", "one\n")
