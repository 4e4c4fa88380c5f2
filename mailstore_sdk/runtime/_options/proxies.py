"""Choose the proxy of a client: from its option, the environment or the operating system."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from mailstore_sdk.runtime._options.options import checked_proxy


def proxy_for(host: str, given: str | None) -> tuple[str | None, str]:
    """Return the proxy for a host, and its source.

    Args:
        host: Name or address of the server.
        given: The client's own option; an empty string means no proxy, whatever the environment says.

    Raises:
        ConfigurationError: The environment has an invalid proxy URL.
    """
    if given is not None:
        return given or None, "proxy option"
    found = getproxies()
    for name, source in (("https", "HTTPS_PROXY"), ("all", "ALL_PROXY")):
        if url := found.get(name):
            if proxy_bypass(host):
                return None, "NO_PROXY"
            return checked_proxy(url if "://" in url else f"http://{url}", source), source
    return None, ""
