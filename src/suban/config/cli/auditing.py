"""`suban audit verify`: goes through all evidence and says whether anything was changed."""

import argparse
import json

from suban.config.cli import Commands, set_up_django


def register(commands: Commands) -> None:
    """Add `audit`."""
    command = commands.add_parser("audit", help="verify the evidence")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify",
        help="check every chain and checkpoint",
        description="Check every event, chain, head and signed checkpoint. Exit code 1 if one is wrong.",
    )
    verify.add_argument("--json", action="store_true", help="print the report as JSON")
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    set_up_django()
    from suban.foundation.queries.evidence import verify_evidence  # noqa: PLC0415 - needs Django set up
    from suban.foundation.types import AuditReport  # noqa: PLC0415 - needs Django set up

    report: AuditReport = verify_evidence()
    if options.json:
        print(json.dumps(report.encode(), ensure_ascii=False, indent=2, default=str))
    else:
        _print_report(report.encode())
    return 0 if report.passed else 1


def _print_report(report: dict[str, object]) -> None:
    faults = report.pop("faults")
    for name, value in report.items():
        print(f"{name:18} {value}")
    if isinstance(faults, list):
        for fault in faults:
            print("FAULT", " ".join(f"{key}={value}" for key, value in fault.items()))
