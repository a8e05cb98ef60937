"""What is already known about the applicant: prefilled answers and the values that look-ups ask with."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from suban.catalogue.types import MatterDefinition
from suban.identity.queries import get_display_name, read_company, read_person
from suban.identity.rules import mask_name
from suban.identity.types import Actor
from suban.kernel.references import split_ref

Facts = dict[str, str]
"""Values by path, such as `person.name`; paths without a value are absent."""


def known_facts(*, actor: Actor, case: str, at: datetime) -> Facts:
    """Return what the platform knows of the actor and of the company acted for."""
    facts: Facts = {}
    if actor.ref.startswith("person:"):
        person = read_person(person=actor.ref, by=actor, purpose="填写申请表", case=case, at=at)
        facts.update(_paths("person", asdict(person)))
    if actor.on_behalf_of:
        company = read_company(split_ref(actor.on_behalf_of)[1])
        facts.update(_paths("company", asdict(company)))
    return facts


def _paths(prefix: str, values: Mapping[str, object]) -> Facts:
    return {
        f"{prefix}.{name}": value.isoformat() if isinstance(value, date) else str(value)
        for name, value in values.items()
        if value
    }


def prefill(definition: MatterDefinition, facts: Facts) -> dict[str, str]:
    """Return the answers that need not be asked."""
    return {
        field.name: facts[field.prefill]
        for field in definition.fields
        if field.prefill and field.prefill in facts
    }


def resolve(paths: Mapping[str, str], *, facts: Facts, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the values at `paths`; one that has none is left out."""
    known = {**facts, **{f"answers.{name}": str(value) for name, value in answers.items() if value}}
    return {name: known[path] for name, path in paths.items() if path in known}


def party_label(actor: Actor, *, at: datetime) -> str:
    """Return how lists name the applicant: a company in full, a person masked."""
    del at
    name = get_display_name(actor.party)
    return name if actor.on_behalf_of else mask_name(name)
