"""What several processes of one machine share."""

import os
from pathlib import Path


def share_metrics(folder: Path) -> None:
    """Let the processes of this machine add their figures up in `folder`; before anything counts.

    What was left by processes that are gone is dropped: counters begin anew, as every counter may.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    for path in folder.glob("*.db"):
        process = path.stem.rpartition("_")[2]
        if process.isdecimal() and not Path("/proc", process).exists():
            path.unlink(missing_ok=True)
