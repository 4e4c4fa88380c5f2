"""How a function of the simulator says no."""


class Refusal(Exception):  # noqa: N818 - it is the server that refuses, nothing is wrong here
    """The call fails: the reply is HTTP 200 with statusCode ``failed`` and this message.

    `kind` is the .NET exception that the error's details name.
    """

    def __init__(self, message: str, kind: str = "System.Exception") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind


def out_of_range() -> Refusal:
    """An argument that has the right form but a value that the server does not take."""
    return Refusal("Specified argument was out of the range of valid values.", "System.ArgumentOutOfRangeException")
