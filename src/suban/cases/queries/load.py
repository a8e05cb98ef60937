"""Who has how much to do, and what presses: for supervisors, in a fixed number of queries."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Count, Q, QuerySet

from suban.cases.models import CaseTask
from suban.cases.queries.assembling import task_label
from suban.cases.queries.worklists import CEILING, SOON_DAYS, open_tasks, work_lines
from suban.cases.types.desk import LoadLine, LoadReport, WorkChoices
from suban.catalogue.queries import get_version
from suban.identity.queries import list_staff
from suban.identity.types import Actor, Role

PRESSING: Final = 50


def get_load(*, actor: Actor, today: date) -> LoadReport:
    """Return the load of the organs that `actor` supervises, and what will be late within three days."""
    soon_until = today + timedelta(days=SOON_DAYS)
    rows = _supervised(actor)
    soon = Count("id", filter=Q(due_on__gte=today, due_on__lte=soon_until))
    overdue = Count("id", filter=Q(due_on__lt=today))
    counted = (
        rows.values("assignee", "role")
        .annotate(open=Count("id"), soon=soon, overdue=overdue)
        .order_by("-overdue", "-open", "assignee", "role")
    )
    names = {str(view.ref): view.name for view in list_staff(actor.organ)} if actor.organ else {}
    pressing = list(
        rows.filter(due_on__lte=soon_until).order_by("due_on", "id").select_related("case")[: PRESSING + 1]
    )
    return LoadReport(
        lines=tuple(
            LoadLine(
                staff=row["assignee"],
                name=names.get(row["assignee"], "其他单位人员") if row["assignee"] else "",
                role=row["role"],
                open=row["open"],
                soon=row["soon"],
                overdue=row["overdue"],
            )
            for row in counted
        ),
        pressing=work_lines(pressing[:PRESSING], today),
        more_pressing=len(pressing) > PRESSING,
        as_of=today,
    )


def list_work_choices(*, actor: Actor, today: date) -> WorkChoices:
    """Return what the actor's open work can be narrowed by, seen from its most urgent part."""
    urgent = open_tasks(actor, "open", today).order_by("due_on", "id").values("pk")[:CEILING]
    rows = CaseTask.objects.filter(pk__in=urgent).order_by("matter_code", "key")
    found = list(
        rows.values_list("matter_code", "case__matter_name", "key", "case__matter_version_id").distinct()
    )
    definitions = {version: get_version(version).definition for version in {row[3] for row in found}}
    return WorkChoices(
        matters=tuple({code: name for code, name, _, _ in found}.items()),
        tasks=tuple({key: task_label(definitions[version], key) for _, _, key, version in found}.items()),
    )


def _supervised(actor: Actor) -> QuerySet[CaseTask]:
    conditions = [Q(pk__in=[])]
    for grant in actor.grants:
        if grant.role is Role.SUPERVISOR:
            condition = Q(organ_code__in=sorted(grant.organs))
            if grant.matters is not None:
                condition &= Q(matter_code__in=sorted(grant.matters))
            conditions.append(condition)
    return CaseTask.objects.filter(reduce(or_, conditions), done_at__isnull=True)
