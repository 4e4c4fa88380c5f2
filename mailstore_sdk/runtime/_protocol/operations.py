"""The protocol without input and output: what to send next, given what came back."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.form import Call, ad_hoc_function, forget_secrets, safe_arguments
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._protocol.polling import JobRecord, Polling
from mailstore_sdk.runtime._protocol.replies import BOM
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime.function import Effect, Function

T = TypeVar("T")

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, result=lambda: JsonValue)

LOG_OUT_TIMEOUT = 5.0
"""Seconds that logging out may take."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Operations(Polling):
    """The operations of one client."""

    server: ServerFeatures = field(default_factory=ServerFeatures)

    def call(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting if the server made it a job."""
        job = yield from self.start(function, values)
        yield from self.finish(job, self.options.job_timeout)
        result = job.result()
        self.server.observe(function.name, result)
        return result

    def start(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[JobRecord[T]]:
        """Call a function and return what came back first: a job that has ended, or one that is running.

        Raises:
            NotSupportedError: The connected server is known to lack the function or one of the arguments.
        """
        try:
            if self.server.needs_function_list(function, values):
                yield from self._learn_functions(function, values)
            call = Call.of(function, values, self.server.arguments(function, self.server.arguments_to_omit(function, values)))
        finally:
            forget_secrets(function, values)
        reply = yield from self.exchange(call, self.options.timeout)
        envelope = yield from self.read(call, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(f"{function.name} is running, but the server gave no token to follow it", **call.context("yes"))
        job = JobRecord(function, call, envelope)
        if envelope.token:
            self.report_status(job)
        else:
            job.result()  # a function that failed without having become a job says so at once
        return job

    def resume(self, token: str, functions: Mapping[str, Function[object]], result: object = None) -> JobRecord[Any]:
        """A job that was started elsewhere; the result of a function that the catalogue does not know is JSON."""
        job = JobToken.parse(token)
        unknown: Function[object] = Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        function = functions.get(job.function, unknown)
        return JobRecord[Any].resumed(function if result is None else replace(function, result=lambda: result), job.token)

    def ad_hoc_function(
        self, name: str, values: Mapping[str, object], functions: Mapping[str, Function[object]], result: object = None
    ) -> Function[Any]:
        """A function by its wire name, also one that the catalogue does not know; its result is JSON unless a type is given."""
        return ad_hoc_function(name, functions.get(name), values, lambda: JsonValue if result is None else result)

    def get_metadata(self, function: Function[T]) -> Operation[T]:
        """The server's own list of its functions, bare or, as notes of a 26.1 have it, in an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call, self.options.timeout)
        functions = JobRecord(function, call, (yield from self.read(call, reply))).result()
        listed: JsonValue = json.loads(reply.body.removeprefix(BOM))
        self.server.learn_functions(listed["result"] if isinstance(listed, dict) else listed)
        return functions

    def log_out(self) -> Operation[None]:
        """End the session, if there is one."""
        yield from self.auth.log_out(min(self.options.timeout, LOG_OUT_TIMEOUT))

    def _learn_functions(self, function: Function[object], values: Mapping[str, object]) -> Operation[None]:
        """Read the server's list of functions before a call that may need it; a server without one leaves the question open."""
        try:
            yield from self.get_metadata(GET_METADATA)
        except (errors.AuthenticationError, errors.TransportError) as error:
            error.function, error.arguments = function.name, safe_arguments(function, values)
            raise
        except errors.ReplyError:
            self.server.learn_functions(None)
