"""`suban verify-licence FILE`: checks an e-licence from files alone, without network and without database."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from suban.config.cli import Commands
from suban.kernel.clock import now
from suban.kernel.errors import DomainError
from suban.licences.adapters import sm2
from suban.licences.adapters.pades import PadesSigner
from suban.licences.rules.codes import load_trust
from suban.licences.rules.verification import Checks, open_status_list, verify_code, verify_file
from suban.licences.types import PageSignature, StatusList, TrustList, Verdict, VerificationResult

EXIT_CODES: Final = {Verdict.VALID: 0, Verdict.FORGED: 1, Verdict.NOT_IN_FORCE: 3, Verdict.UNKNOWN: 4}
UNREADABLE: Final = 2


def register(commands: Commands) -> None:
    """Add `verify-licence`."""
    command = commands.add_parser(
        "verify-licence",
        help="check an e-licence offline",
        description=(
            "Check the seal on the page (PAdES), the SM2-signed code inside and the status in the list. "
            "Exit code: 0 valid, 1 forged or altered, 2 a file can't be read, 3 genuine but not in force, "
            "4 genuine, status unknown."
        ),
    )
    command.add_argument("file", metavar="FILE", help="the PDF; or the address in a scanned QR code")
    folder = Path(os.environ.get("SUBAN_DATA", "var")) / "trust"
    command.add_argument("--trust", type=Path, default=folder / "trust.json", help="trust list (%(default)s)")
    command.add_argument(
        "--status-list",
        type=Path,
        default=folder / "status-list.json",
        help="signed list of statuses (%(default)s)",
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    try:
        result = _check(options)
    except DomainError as refusal:
        print(refusal.message, file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        print(f"无法读取 {error.filename}：{error.strerror}", file=sys.stderr)
        return UNREADABLE
    _print(result, as_json=options.json)
    return EXIT_CODES[result.verdict]


def _check(options: argparse.Namespace) -> VerificationResult:
    checks = _checks()
    trust = load_trust(options.trust.read_bytes())
    statuses = _read_statuses(options.status_list, trust, checks)
    at = now()
    if options.file.startswith(("https://", "http://")):
        return verify_code(options.file, trust, checks=checks, statuses=statuses, at=at)
    content = Path(options.file).read_bytes()
    return verify_file(content, trust, checks=checks, statuses=statuses, at=at)


def _read_statuses(path: Path, trust: TrustList, checks: Checks) -> StatusList | None:
    return open_status_list(path.read_bytes(), trust, checks=checks) if path.exists() else None


def _checks() -> Checks:
    signer = PadesSigner()

    def examine(page: bytes, roots: Sequence[str]) -> PageSignature:
        return signer.examine(page, roots=roots)

    return Checks(examine=examine, attachment=signer.attachment, verify=sm2.verify)


def _print(result: VerificationResult, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_encode(result), ensure_ascii=False, indent=2, default=str))
        return
    print(result.summary)
    for reason in result.reasons:
        if reason not in result.summary:
            print(f"  - {reason}")
    if result.claim:
        claim = result.claim
        print(f"  {claim.type_name} {claim.identifier}")
        print(f"  持证主体 {claim.holder}，颁发机构 {claim.issuer_name}，发证日期 {claim.issued_on}")


def _encode(result: VerificationResult) -> dict[str, Any]:
    status = {"code": result.status, "label": result.status.label} if result.status else None
    return {**asdict(result), "valid": result.verdict is Verdict.VALID, "status": status}
