"""What is already known about the applicant, by source, for prefilling, look-ups and the result's face."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from suban.identity.queries import get_display_name, read_company, read_person
from suban.identity.rules import mask_name
from suban.identity.types import Actor
from suban.kernel.references import split_ref

Sources = dict[str, Mapping[str, Any]]


def known_sources(*, actor: Actor, case: str, at: datetime) -> Sources:
    """Return what the platform knows of the actor and of the company acted for."""
    sources: Sources = {}
    own = next((ref for ref in (actor.party, actor.ref) if ref.startswith("person:")), "")
    if own:
        person = read_person(person=own, by=actor, purpose="填写申请", case=case, at=at)
        sources["person"] = _plain(asdict(person))
    if actor.on_behalf_of.startswith("company:"):
        sources["company"] = _plain(asdict(read_company(split_ref(actor.on_behalf_of)[1])))
    return sources


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


def party_label(actor: Actor) -> str:
    """Return how lists name the applicant: a company in full, a person masked."""
    name = get_display_name(actor.party)
    return mask_name(name) if actor.party.startswith("person:") else name
