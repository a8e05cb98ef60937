"""`/healthz`: whether this installation is ready to serve people, with what is missing when it isn't."""

from datetime import timedelta
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse

from suban.foundation.queries.outbox import find_last_heartbeat
from suban.kernel.clock import now

WORKER_SILENT_AFTER: Final = timedelta(seconds=15)


def show_health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django's signature
    """Answer 200 when the database answers and a worker is alive, else 503."""
    missing = find_missing()
    answer = JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def find_missing() -> list[str]:
    """Return what is missing: "database", "worker" or nothing."""
    try:
        beat = find_last_heartbeat()
    except DatabaseError:
        return ["database", "worker"]
    return [] if beat is not None and now() - beat < WORKER_SILENT_AFTER else ["worker"]
