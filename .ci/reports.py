"""Look at the junit files: each run must be there, with tests, none of PostgreSQL or the browser skipped."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

# run: whether tests may be skipped in it
RUNS = {"sqlite": True, "postgres": False, "browser": False}


def list_faults(folder: Path) -> list[str]:
    """Return in words what is wrong with the reports in `folder`."""
    faults = []
    for run, may_skip in RUNS.items():
        path = folder / f"junit-{run}.xml"
        if not path.is_file():
            faults.append(f"{path.name} is missing: the {run} run did not happen")
            continue
        suites = list(ET.parse(path).iter("testsuite"))  # noqa: S314 - our own file
        total, skipped, bad = (
            sum(int(suite.get(name, "0")) for suite in suites for name in names)
            for names in (("tests",), ("skipped",), ("failures", "errors"))
        )
        print(f"{run:9} {total} tests, {skipped} skipped, {bad} failed")
        if total - skipped <= 0:
            faults.append(f"no test ran in the {run} run")
        if skipped and not may_skip:
            faults.append(f"{skipped} tests were skipped in the {run} run")
        if bad:
            faults.append(f"{bad} tests failed in the {run} run")
    return faults


if __name__ == "__main__":
    found = list_faults(Path.cwd())
    for fault in found:
        print(f"FAULT {fault}")
    sys.exit(bool(found))
