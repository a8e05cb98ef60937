"""kill -9 at any moment: what was acknowledged is there, nothing is there twice, and all evidence is whole."""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.faults.house import House, open_house
from tests.journeys.faults.people import Crowd
from tests.postgres import postgresql

pytestmark = pytest.mark.journey

KILLS = int(os.environ.get("KILLS", "10"))
# What the installation holds, told by its own tables.
TELL = """
import json, time
import django
django.setup()
from suban.cases.events import FACTS
from suban.cases.models import Case
from suban.cases.queries.opening import read_snapshot
from suban.cases.rules.state import rebuild
from suban.delivery.models import Parcel
from suban.foundation.queries.evidence import list_events
from suban.foundation.queries.outbox import count_waiting, list_dead_letters
from suban.licences.models import Licence
from suban.notices.models import Notice

until = time.monotonic() + 90
while count_waiting() and time.monotonic() < until:
    time.sleep(0.2)
cases = {}
for row in Case.objects.all():
    events = list(list_events(f"case:{row.number}"))
    facts = ((FACTS[e.type].decode({**e.data, "case": row.number}), e.actor) for e in events)
    cases[row.number] = {
        "events": [e.type for e in events],
        "rebuilt": rebuild(facts) == read_snapshot(row.snapshot),
        "result_number": row.result_number,
        "official_number": row.official_number,
    }
print(json.dumps({
    "waiting": count_waiting(),
    "dead": [letter.last_error for letter in list_dead_letters()],
    "cases": cases,
    "licences": list(Licence.objects.values_list("case", flat=True)),
    "parcels": list(Parcel.objects.values_list("case", flat=True)),
    "notices": [f"{n.inbox} {n.template} {n.about}" for n in Notice.objects.exclude(about="")],
}))
"""
# Facts that happen once in the life of a case, whatever is sent twice.
ONCE = (
    "case.started",
    "case.submitted",
    "case.accepted",
    "case.step_completed",
    "case.decision_proposed",
    "case.granted",
    "case.result_issued",
    "case.result_dispatched",
    "case.result_served",
    "case.closed",
)
# What an acknowledged request must have left behind.
LEFT = {
    "/submit": "case.submitted",
    "/accept": "case.accepted",
    "/steps/examine": "case.step_completed",
    "/grant": "case.granted",
    "/dispatch": "case.result_dispatched",
    "/materials/photo": "case.material_added",
    "/materials/health_proof": "case.material_added",
    "/form/confirm": "case.form_confirmed",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    if request.param == "sqlite":
        with open_house(tmp_path, "") as opened:
            yield opened
    else:
        with postgresql() as url, open_house(tmp_path, url) as opened:
            yield opened


def test_whatever_is_killed_nothing_is_lost_and_nothing_is_there_twice(house: House, tmp_path: Path) -> None:
    with Crowd(house.url, house.accounts, tmp_path / "journeys") as crowd:
        house.kill_at_random(KILLS, random.Random(KILLS))
        house.wait_until_ready()
    told = house.run("-c", TELL)
    assert told.returncode == 0, told.stderr[-3000:]
    kept = json.loads(told.stdout.splitlines()[-1])

    assert crowd.broken == []
    assert house.killed >= KILLS
    assert crowd.finished, crowd.given_up
    assert (kept["waiting"], kept["dead"]) == (0, [])
    assert _lost(crowd.acknowledged, kept["cases"]) == []
    assert _twice(kept) == []
    assert [number for number, case in kept["cases"].items() if not case["rebuilt"]] == []
    audit = house.run("-m", "suban.config.cli", "audit", "verify", "--json")
    assert audit.returncode == 0, audit.stdout[-3000:]


def _lost(acknowledged: list[str], cases: dict[str, Any]) -> list[str]:
    """Return the acknowledged requests of which nothing is left."""
    lost = []
    for line in acknowledged:
        end = next((end for end in LEFT if line.endswith(end)), "")
        number = next((part for part in line.split("/") if part.startswith("JS")), "")
        if end and LEFT[end] not in cases[number]["events"]:
            lost.append(line)
    return lost


def _twice(kept: dict[str, Any]) -> list[str]:
    """Return what is there more often than once."""
    twice = []
    for number, case in kept["cases"].items():
        counts = Counter(case["events"])
        twice += [f"{number} {fact}" for fact in ONCE if counts[fact] > 1]
        granted, issued = counts["case.granted"], counts["case.result_issued"]
        twice += [f"{number}: {granted} grants, {issued} results"] if granted != issued else []
    for what in ("licences", "parcels", "notices"):
        twice += [f"{what} {key}" for key, count in Counter(kept[what]).items() if count > 1]
    numbers = Counter(case["result_number"] for case in kept["cases"].values() if case["result_number"])
    official = Counter(case["official_number"] for case in kept["cases"].values() if case["official_number"])
    return twice + [f"number {key}" for key, count in (numbers + official).items() if count > 1]
