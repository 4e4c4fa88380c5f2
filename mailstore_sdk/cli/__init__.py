"""``mailstore``: every function of the API on the command line (extra ``cli``).

One interpreter of the generated table in ``_generated/commands``: a command is made when it is asked for, so that
``mailstore --help`` loads neither the client nor anything that draws.
"""

import os
import sys


def main() -> None:
    """Run the command line with the arguments of the process."""
    _leave_out_what_only_costs_time()
    try:
        from mailstore_sdk.cli.app import app
        from mailstore_sdk.cli.terminal import prepare
    except ModuleNotFoundError as error:
        sys.exit(f"mailstore needs {error.name}: pip install 'mailstore-sdk[cli]'")
    prepare()
    app(prog_name="mailstore")


def _leave_out_what_only_costs_time() -> None:
    """Keep pydantic from searching for plugins, which loads the metadata of all packages, and httpx from loading its own command line."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type] # as if the extra of httpx were not installed
