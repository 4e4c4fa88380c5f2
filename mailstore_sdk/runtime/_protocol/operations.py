"""What a client does, as operations without input and output: call, start a job, log out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

from pydantic import JsonValue

from mailstore_sdk import errors
from mailstore_sdk.runtime._protocol.actions import Operation
from mailstore_sdk.runtime._protocol.form import Call, forget_secrets, safe_arguments
from mailstore_sdk.runtime._protocol.job_status import JobToken
from mailstore_sdk.runtime._protocol.polling import BaseJob
from mailstore_sdk.runtime._protocol.replies import Envelope, result_type
from mailstore_sdk.runtime._protocol.requests import Requests
from mailstore_sdk.runtime._protocol.server_features import ServerFeatures
from mailstore_sdk.runtime.function import Effect, Function

T = TypeVar("T")
J = TypeVar("J", bound=BaseJob[Any])

GET_METADATA: Function[JsonValue] = Function("get-metadata", Effect.READ, result=lambda: JsonValue)

LOG_OUT_TIMEOUT = 5.0
"""Seconds that logging out may take."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Operations(Requests):
    """The operations of one client."""

    server: ServerFeatures = field(default_factory=ServerFeatures)

    def call(self, function: Function[T], values: MutableMapping[str, object]) -> Operation[T]:
        """Call a function and return its result, waiting if the server made it a job."""
        job = yield from self.start(function, values, BaseJob[T])
        yield from job._finish(self.options.job_deadline(None))
        result = job._result()
        self.server.observe(function.name, result)
        return result

    def start(
        self, function: Function[object], values: MutableMapping[str, object], kind: Callable[[Operations, Call, Envelope], J]
    ) -> Operation[J]:
        """Call a function and return its job, which may have ended already.

        Raises:
            NotSupportedError: The connected server is known to lack the function or one of the arguments.
        """
        try:
            if self.server.needs_function_list(function, values):
                yield from self._learn_functions(function, values)
            call = Call.of(function, values, self.server.arguments(function, values))
        finally:
            forget_secrets(function, values)
        reply = yield from self.exchange(call)
        envelope = yield from self.read(call, reply)
        if envelope.status_code == "running" and not envelope.token:
            raise errors.ReplyFormatError(f"{function.name} is running, but the server gave no token to follow it", **call.context("yes"))
        job = kind(self, call, envelope)
        if envelope.token:
            job._report()
        else:
            job._result()  # raises immediately if the function failed without becoming a job
        return job

    def resumed(self, token: str, functions: Mapping[str, Function[object]], result: object = None) -> tuple[Self, Call, Envelope]:
        """Return what is needed to follow a job that was started elsewhere; the result of an unknown function is JSON."""
        job = JobToken.parse(token)
        function = functions.get(job.function) or Function(job.function, Effect.MUTATING, result=lambda: JsonValue)
        call = Call(function if result is None else replace(function, result=result_type(result)), "", b"", {})
        # The first poll, with version 0, returns the whole log so far.
        return self, call, Envelope(token=job.token, statusVersion=0, statusCode="running")

    def get_metadata(self, function: Function[T]) -> Operation[T]:
        """Return the server's own list of its functions; it is bare or, according to notes about 26.1, in an envelope."""
        call = Call.low_level(function, {})
        reply = yield from self.exchange(call)
        functions = BaseJob[T](self, call, (yield from self.read(call, reply)))._result()
        self.server.learn_functions(functions)
        return functions

    def log_out(self) -> Operation[None]:
        """End the session, if there is one."""
        yield from self.auth.log_out(min(self.options.timeout, LOG_OUT_TIMEOUT))

    def _learn_functions(self, function: Function[object], values: Mapping[str, object]) -> Operation[None]:
        """Read the server's list of functions before a call that may need it; continue if the server has none."""
        try:
            yield from self.get_metadata(GET_METADATA)
        except (errors.AuthenticationError, errors.TransportError) as error:
            error.function, error.arguments = function.name, safe_arguments(function, values)
            raise
        except errors.ReplyError:
            self.server.learn_functions()
