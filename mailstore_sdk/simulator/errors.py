"""The error that a function of the simulator raises to make a call fail."""


class Refusal(Exception):  # noqa: N818 - it is the server that refuses, nothing is wrong here
    """The call fails: the reply is HTTP 200 with statusCode ``failed`` and this message.

    `kind` is the .NET exception that the error's details name.
    """

    def __init__(self, message: str, kind: str = "System.Exception") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind


def out_of_range() -> Refusal:
    """Return the refusal of an argument that has the right type but a value out of range."""
    return Refusal("Specified argument was out of the range of valid values.", "System.ArgumentOutOfRangeException")
