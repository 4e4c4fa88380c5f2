"""The async client and its instance, with every function of the catalogue.

Generated from spec/; change the catalogue and run ``make generate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, Unpack

from mailstore_sdk._generated.aio.administrators import ServerAdministrators
from mailstore_sdk._generated.aio.client_access_servers import ServerClientAccessServers
from mailstore_sdk._generated.aio.compliance import InstanceCompliance
from mailstore_sdk._generated.aio.credentials import InstanceCredentials
from mailstore_sdk._generated.aio.directory_services import InstanceDirectoryServices
from mailstore_sdk._generated.aio.folders import InstanceFolders
from mailstore_sdk._generated.aio.instance_hosts import ServerInstanceHosts
from mailstore_sdk._generated.aio.instances import InstanceInstances, ServerInstances
from mailstore_sdk._generated.aio.jobs import InstanceJobs
from mailstore_sdk._generated.aio.messages import InstanceMessages
from mailstore_sdk._generated.aio.profiles import InstanceProfiles
from mailstore_sdk._generated.aio.provider_access import InstanceProviderAccess
from mailstore_sdk._generated.aio.search_indexes import InstanceSearchIndexes
from mailstore_sdk._generated.aio.smtp import InstanceSmtp, ServerSmtp
from mailstore_sdk._generated.aio.stores import InstanceStores, ServerStores
from mailstore_sdk._generated.aio.system import InstanceSystem, ServerSystem
from mailstore_sdk._generated.aio.users import InstanceUsers
from mailstore_sdk._generated.functions import FUNCTIONS, GET_METADATA
from mailstore_sdk.aio.client import AsyncClientBase, AsyncInstanceBase

if TYPE_CHECKING:
    from os import PathLike
    from typing import Literal

    from mailstore_sdk._generated import models as _models
    from mailstore_sdk._generated.aio.raw import RawInstance, RawServer
    from mailstore_sdk._generated.options import CallArguments, ClientOptions
    from mailstore_sdk.aio.client import HTTPClient
    from mailstore_sdk.runtime.hooks import Hooks


class ServerFunctions(
    ServerAdministrators,
    ServerClientAccessServers,
    ServerInstanceHosts,
    ServerInstances,
    ServerSmtp,
    ServerStores,
    ServerSystem,
):
    """Every function of the whole installation."""


class InstanceFunctions(
    InstanceCompliance,
    InstanceCredentials,
    InstanceDirectoryServices,
    InstanceFolders,
    InstanceInstances,
    InstanceJobs,
    InstanceMessages,
    InstanceProfiles,
    InstanceProviderAccess,
    InstanceSearchIndexes,
    InstanceSmtp,
    InstanceStores,
    InstanceSystem,
    InstanceUsers,
):
    """Every function of one instance; ``instanceID`` is bound."""


class AsyncSPEClient(ServerFunctions, AsyncClientBase):
    """Async client for the Management API of one SPE installation.

    It has every function of the whole installation; `instance` has those of one instance.
    The tasks of one event loop may share a client. Close it, or use it in a ``with`` block.
    """

    _functions = FUNCTIONS

    def __init__(
        self,
        host: str | None = None,
        *,
        username: str | None = None,
        password: str | None = None,
        port: int | None = None,
        protocol: Literal["basic", "session"] | None = None,
        thumbprint: str | None = None,
        ca_file: str | PathLike[str] | None = None,
        verify: bool | None = None,
        proxy: str | None = None,
        client_cert: str | PathLike[str] | None = None,
        max_connections: int | None = None,
        max_response_size: int | None = None,
        timeout: float | None = None,
        retries: int | None = None,
        poll_wait: float | None = None,
        job_timeout: float | None = None,
        strict: bool | None = None,
        backoff: float | None = None,
        max_backoff: float | None = None,
        hooks: Hooks | None = None,
        http_client: HTTPClient | None = None,
    ) -> None:
        """Create a client; the first call opens the first connection.

        An option that is None is read from the environment (``MAILSTORE_SPE_URL``, ``MAILSTORE_SPE_USER`` and so on),
        then from the profile that ``MAILSTORE_SPE_PROFILE`` names, and then falls back to the default below.

        Args:
            host: Name or address of the management server: ``spe.example.com``, with a port if you like, or a URL.
            username: A system administrator of SPE.
            password: The password, or the API password with two-factor login.
            port: Port of the Management API; by default 8474, or 8470 for the session protocol.
            protocol: ``basic`` for SPE 9.0 and later; ``session`` is the login of 8.5, one call at a time. Default:
                basic.
            thumbprint: Trust only the certificate with this SHA-1 (as SPE shows it) or SHA-256 thumbprint.
            ca_file: PEM file of the certificate authority to trust instead of the system's.
            verify: False accepts any certificate, with a warning; True trusts the system, overriding environment and
                profile. Default: True.
            proxy: URL of an HTTP or SOCKS proxy, ``http://proxy:3128``, with user and password if required; an empty
                string for none. Otherwise ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY`` apply, and the operating
                system's settings.
            client_cert: PEM file with a client certificate and its key without a password, for servers that require
                one.
            max_connections: How many connections may be open at once. Default: 100.
            max_response_size: Maximum size of a decompressed reply in bytes. Default: 268,435,456.
            timeout: Seconds for one request, from connecting to the last byte of the reply. Default: 60.
            retries: How often a request is retried where the server certainly did not act, or acting twice does no
                harm. Default: 2.
            poll_wait: Seconds that the server may hold one poll until a job changes. Default: 5.
            job_timeout: Seconds to wait for a job unless a call sets another timeout. Default: 86,400.
            strict: Raise `ResultSchemaError` instead of a warning if a result differs from the catalogue. Default:
                False.
            backoff: Approximate seconds before the first retry, doubled for each further one. Default: 0.2.
            max_backoff: Longest pause before a retry, in seconds. If the server asks for more, its error is raised.
                Default: 30.
            hooks: Your functions to call for each attempt and each change of a job.
            http_client: Your own HTTP client instead of the built-in one; it handles TLS, proxy, connections and
                timeouts, and you close it.

        Raises:
            ConfigurationError: An option is invalid, or a required one is missing.
        """
        options = self._given(locals())
        del password, proxy  # Tracebacks that show variables must not show secrets.
        self._open(options, http_client)

    @classmethod
    def from_profile(
        cls,
        profile: str,
        *,
        path: str | PathLike[str] | None = None,
        http_client: HTTPClient | None = None,
        **arguments: Unpack[ClientOptions],
    ) -> Self:
        """Create a client from a profile in a TOML file, a table ``[profiles.NAME]``.

        A profile with ``password_command`` or ``password_keyring`` gets its password here, which may take a while.

        Args:
            profile: Name of the profile.
            path: The file. Default: that of ``MAILSTORE_SPE_CONFIG``, or the one in the platform's settings folder.
            http_client: As for the client itself.
            **arguments: As for the client itself; they override the profile, which overrides the environment.

        Raises:
            ConfigurationError: The file or profile does not exist, or a value is invalid.
        """
        return cls.__new__(cls)._open(arguments, http_client, profile, path)

    def with_options(self, **changes: Unpack[CallArguments]) -> Self:
        """Return a copy of the client with other options for its calls (`CallOptions`).

        The copy shares this client's connections; only the original needs closing.
        """
        return self._with_options(changes)

    @property
    def raw(self) -> RawServer:
        """The same methods, returning whole replies: ``spe.raw.get_instances("*")`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawServer

        return RawServer(self._recorded)

    def instance(self, instance_id: str) -> AsyncInstance:
        """Return the functions of one instance. This sends no request, so an unknown id fails at the first call."""
        return AsyncInstance(self, instance_id)

    async def get_metadata(self) -> list[_models.FunctionMetadata]:
        """Return the server's own list of its functions. Wire name: get-metadata."""
        return await self._get_metadata(GET_METADATA)


class AsyncInstance(InstanceFunctions, AsyncInstanceBase):
    """One instance of an installation: every function with its ``instanceID`` bound.

    Attributes:
        instance_id: The id that is sent with every call.
    """

    @property
    def raw(self) -> RawInstance:
        """The same methods, returning whole replies: ``archive.raw.get_users()`` is a `RawReply`."""
        from mailstore_sdk._generated.aio.raw import RawInstance

        return RawInstance(self._recorded)
