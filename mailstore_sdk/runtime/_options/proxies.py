"""Which proxy a client connects through: its own option, or what the environment and the operating system say."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from mailstore_sdk.runtime._options.options import checked_proxy


def proxy_for(host: str, given: str | None) -> tuple[str | None, str]:
    """The proxy for a host, and where it comes from.

    Args:
        host: Name or address of the server.
        given: The client's own option; an empty string means no proxy, whatever the environment says.

    Raises:
        ConfigurationError: What the environment says is not the URL of a proxy.
    """
    if given is not None:
        return given or None, "proxy option"
    found = getproxies()
    for name in ("https", "all"):
        if url := found.get(name):
            if proxy_bypass(host):
                return None, "NO_PROXY"
            return checked_proxy(url if "://" in url else f"http://{url}"), f"{name.upper()}_PROXY"
    return None, ""
