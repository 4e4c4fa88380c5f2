"""An HTTPS server that behaves like SPE, for development and tests (extra ``simulator``).

```python
from mailstore_sdk.simulator import Simulator

with Simulator(clock="polls:3") as simulator:
    print(simulator.url, simulator.thumbprint)
```

It reads the same catalogue as the SDK and shares no other code with it, so that neither hides the other's faults.
``python -m mailstore_sdk.simulator`` serves until it is interrupted.
"""

import typing as _typing
from importlib import import_module as _import_module

if _typing.TYPE_CHECKING:
    from mailstore_sdk.simulator.faults import Fault as Fault
    from mailstore_sdk.simulator.faults import Faults as Faults
    from mailstore_sdk.simulator.faults import Kind as Kind
    from mailstore_sdk.simulator.faults import Times as Times
    from mailstore_sdk.simulator.server import Simulator as Simulator

__all__ = ["Fault", "Faults", "Kind", "Simulator", "Times"]


def __getattr__(name: str) -> object:
    # Lazy, because pytest imports this package for its fixtures in every run, even if no test uses them.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "server" if name == "Simulator" else "faults"
    try:
        return getattr(_import_module(f"{__name__}.{module}"), name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"the simulator needs {error.name}: pip install 'mailstore-sdk[simulator]'", name=error.name) from None
