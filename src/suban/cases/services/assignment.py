"""Who may take the steps of a case, and the seed of the lot."""

import secrets
from dataclasses import replace

from suban.cases.queries.opening import OpenedCase
from suban.cases.rules.engine import Context
from suban.identity.queries import find_eligible_staff
from suban.identity.types import Role


def with_draw(locked: OpenedCase, context: Context) -> Context:
    """Return the context with the eligible officers of every review step and a fresh seed.

    Where a department's own system handles the matter nobody here is drawn.
    """
    if locked.terms.handler:
        return context
    eligible = {
        step.key: tuple(
            find_eligible_staff(
                role=Role(step.role.value),
                organ=locked.row.organ_code,
                matter=locked.row.matter_code,
            ),
        )
        for step in locked.terms.steps
    }
    return replace(context, eligible=eligible, seed=secrets.token_hex(16))
