"""Worklists: one query over one index, whatever the number of grants, matters or stored cases.

A page is keyset-paged over (due_on, id). Counts stop at a ceiling, because nobody reads further.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from suban.cases.models import CaseTask
from suban.cases.queries.assembling import task_label
from suban.cases.types import State, WorkLine, WorkPage
from suban.catalogue.queries import get_version
from suban.catalogue.types import MatterDefinition
from suban.identity.types import Actor

CEILING: Final = 1000
SOON_DAYS: Final = 3
_LONGEST_KEY: Final = 18
VIEWS: Final = ("mine", "open", "soon", "overdue")


def list_worklist(
    *,
    actor: Actor,
    view: str,
    today: date,
    cursor: str = "",
    limit: int = 50,
    filters: dict[str, str] | None = None,
) -> WorkPage:
    """Return a page of the work that `actor` may do, the most urgent first.

    `filters` knows `matter` (code), `task` (key) and `text` (start of a case number).
    """
    rows = open_tasks(actor, view, today)
    for name, lookup in (("matter", "matter_code"), ("task", "key"), ("text", "case__number__startswith")):
        if value := (filters or {}).get(name, "").strip():
            rows = rows.filter(**{lookup: value})
    rows = _after(rows, cursor).order_by("due_on", "id").select_related("case")
    found = list(rows[: limit + 1])
    lines = work_lines(found[:limit], today)
    last = found[limit - 1] if len(found) > limit else None
    return WorkPage(lines=lines, next_cursor=f"{last.due_on.isoformat()}~{last.pk}" if last else "")


def count_worklists(*, actor: Actor, today: date) -> dict[str, int]:
    """Return how much work lies in each view; CEILING means that much or more."""
    return {view: open_tasks(actor, view, today)[:CEILING].count() for view in VIEWS}


def open_tasks(actor: Actor, view: str, today: date) -> QuerySet[CaseTask]:
    """Return the open tasks that `actor` may do, as `view` narrows them."""
    rows = CaseTask.objects.filter(_permitted(actor), done_at__isnull=True)
    if view == "mine":
        return rows.filter(assignee=actor.ref)
    # What fell to a colleague by lot is that colleague's.
    rows = rows.filter(assignee__in=["", actor.ref])
    if view == "soon":
        return rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    if view == "overdue":
        return rows.filter(due_on__lt=today)
    return rows


def _permitted(actor: Actor) -> Q:
    """Return the grants as one condition; a list of matters is a set, not a condition each."""
    conditions = []
    for grant in actor.grants:
        condition = Q(role=str(grant.role), organ_code__in=sorted(grant.organs))
        if grant.matters is not None:
            condition &= Q(matter_code__in=sorted(grant.matters))
        conditions.append(condition)
    return reduce(or_, conditions) if conditions else Q(pk__in=[])


def _after(rows: QuerySet[CaseTask], cursor: str) -> QuerySet[CaseTask]:
    day, _, key = cursor.partition("~")
    try:
        due_on = date.fromisoformat(day)
    except ValueError:
        return rows
    if not key.isdecimal() or len(key) > _LONGEST_KEY:
        return rows
    return rows.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, id__gt=int(key)))


def work_lines(tasks: Sequence[CaseTask], today: date) -> tuple[WorkLine, ...]:
    """Return tasks, their cases loaded, as lines; each definition is asked for once."""
    versions = {task.case.matter_version_id for task in tasks}
    definitions = {version: get_version(version).definition for version in versions}
    return tuple(_line(task, definitions[task.case.matter_version_id], today) for task in tasks)


def _line(task: CaseTask, definition: MatterDefinition, today: date) -> WorkLine:
    case = task.case
    left = (task.due_on - today).days
    return WorkLine(
        number=case.number,
        official_number=case.official_number,
        party_label=case.party_label,
        matter_name=case.matter_name,
        task=task.key,
        task_label=task_label(definition, task.key),
        state=State(case.state),
        assignee=task.assignee,
        due_on=task.due_on,
        days_left=left,
        urgency="overdue" if left < 0 else "soon" if left <= 1 else "calm",
        channel=case.channel,
        corrected='"corrections":0' not in case.snapshot,
        received_at=case.received_at,
        paused=case.days_left is not None,
    )
