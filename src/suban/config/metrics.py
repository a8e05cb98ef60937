"""`/metrics`: figures for a monitoring system, in Prometheus' own text form. Nothing in them is of a person.

Requests are counted per process; several processes of one machine add up in files below the data folder. What
the database knows is counted when it is asked for.
"""

import hmac
import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import REGISTRY, Collector

from suban.foundation.queries.outbox import count_dead, count_waiting, find_last_heartbeat
from suban.kernel.clock import now

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
REQUESTS: Final = Counter("suban_requests", "Answered requests", ["method", "view", "status"])
SECONDS: Final = Histogram(
    "suban_request_seconds",
    "Time until a request was answered",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30),
)
Respond = Callable[[HttpRequest], HttpResponse]


def measure_requests(respond: Respond) -> Respond:
    """Count every request by the view that answered it."""

    def respond_measured(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = respond(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        SECONDS.labels(view).observe(time.perf_counter() - began)
        REQUESTS.labels(request.method, view, str(response.status_code)).inc()
        return response

    return respond_measured


def show_metrics(request: HttpRequest) -> HttpResponse:
    """Answer who knows SUBAN_METRICS_TOKEN; without that setting there is no such page."""
    token: str = settings.SUBAN.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        return HttpResponseNotFound()
    registry = CollectorRegistry()
    registry.register(_State())
    if os.environ.get(FOLDER):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    content = generate_latest(registry)
    if not os.environ.get(FOLDER):
        content += generate_latest(REGISTRY)
    answer = HttpResponse(content, content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


class _State(Collector):
    """What the database and the disk say now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures."""
        at = now()
        beat = find_last_heartbeat()
        figures = {
            "suban_outbox_waiting": ("Messages that wait for the worker", count_waiting()),
            "suban_outbox_dead": ("Messages that a person must look at", count_dead()),
            "suban_worker_silent_seconds": (
                "Since when no worker was heard of; -1: never",
                (at - beat).total_seconds() if beat else -1.0,
            ),
            "suban_data_free_bytes": (
                "Free space of the data folder",
                shutil.disk_usage(settings.SUBAN.data).free,
            ),
        }
        for name, (words, value) in figures.items():
            yield GaugeMetricFamily(name, words, value=float(value))
