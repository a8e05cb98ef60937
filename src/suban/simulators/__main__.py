"""Start one simulator: `python -m suban.simulators registers --port 8101 --data var/demo`."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from suban.simulators import department, ems, registers, sms

# A simulator is a module with `main(*, port, data)`; add its name here, and its own arguments below.
SIMULATORS: Final = MappingProxyType[str, Callable[..., None]](
    {
        "department": department.main,
        "ems": ems.main,
        "registers": registers.main,
        "sms": sms.main,
    },
)
ARGUMENTS: Final = MappingProxyType[str, Callable[[argparse.ArgumentParser], None]](
    {"department": department.add_arguments, "ems": ems.add_arguments},
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the simulator that the command line names until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m suban.simulators", description=__doc__)
    commands = parser.add_subparsers(dest="name", required=True)
    for name in SIMULATORS:
        command = commands.add_parser(name)
        command.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
        command.add_argument("--data", type=Path, required=True, help="folder of this simulator's data")
        if name in ARGUMENTS:
            ARGUMENTS[name](command)
    options = vars(parser.parse_args(arguments))
    SIMULATORS[options.pop("name")](**options)


if __name__ == "__main__":
    main()
