"""``mailstore``: every function of the API on the command line (extra ``cli``).

One interpreter of the generated table in ``_generated/commands``: a command is made when it is asked for, so that
``mailstore --help`` loads neither the client nor anything that draws.
"""

import sys


def main() -> None:
    """Run the command line with the arguments of the process."""
    try:
        from mailstore_sdk.cli.app import app
    except ModuleNotFoundError as error:
        sys.exit(f"mailstore needs {error.name}: pip install 'mailstore-sdk[cli]'")
    app(prog_name="mailstore")
