"""The arguments of the generated clients follow the SDK's model of options."""

import inspect
from typing import get_type_hints

import pytest
from mailstore_codegen.generate.options import call_options, client_options

from mailstore_sdk import AsyncSPEClient, CallArguments, CallOptions, ClientOptions, Options, SPEClient


def test_each_option_is_an_argument_with_its_meaning_and_default() -> None:
    found = {option.name: option for option in client_options() + call_options()}
    assert found.keys() == Options.model_fields.keys()
    assert {option.name for option in call_options()} == CallOptions.model_fields.keys()
    assert found["ca_file"].annotation == "str | PathLike[str]"
    assert found["protocol"].annotation == 'Literal["basic", "session"]'
    assert found["job_timeout"].doc == ("    job_timeout: Seconds to wait for a job unless a call sets another timeout. Default: 86,400.",)
    assert [name for name, option in found.items() if option.secret] == ["password", "proxy"]


@pytest.mark.parametrize("client", [SPEClient, AsyncSPEClient])
def test_a_client_has_every_option(client: type) -> None:
    names = list(inspect.signature(client).parameters)
    assert {*names} == {*Options.model_fields, "http_client"}
    assert names[0] == "host"
    assert get_type_hints(ClientOptions).keys() == Options.model_fields.keys()
    assert get_type_hints(CallArguments).keys() == CallOptions.model_fields.keys()
