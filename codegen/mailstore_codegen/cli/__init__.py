"""The commands of ``mailstore-codegen``."""


def main() -> None:
    """Run the command line."""
    from mailstore_codegen.cli.project import main as run

    run()
