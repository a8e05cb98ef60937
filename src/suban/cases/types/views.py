"""What queries answer with: frozen values for pages and the API, never rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from suban.cases.types.endings import EndingView
from suban.cases.types.procedures import ProcedureView, Suspension
from suban.cases.types.remedies import RemedyView
from suban.cases.types.values import CheckResult, Deadline
from suban.cases.types.words import Act, Channel, MaterialKind, State
from suban.catalogue.types import DeliveryChannel, Frame, Material, MatterDefinition, Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialView:
    """A material in the file, as pages show it."""

    slot: str
    key: str
    kind: MaterialKind
    level: Trust
    file_id: str
    name: str
    size: int
    media_type: str
    source: str
    obtained_at: datetime
    record: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView:
    """A company's confirmation: asked, confirmed, declined or cancelled."""

    key: str
    case: str
    matter_name: str
    party_label: str
    slot: str
    company: str
    text: str
    state: str
    asked_at: datetime
    answered_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A slot of the materials page: what is asked, what is there, what may be done.

    `state` is done | open | asked (a company was asked) | declined; `lookup` is held | not_held | down
    or empty when no register was asked.
    """

    material: Material
    state: str
    lookup: str
    lookup_source: str
    lookup_at: datetime | None
    given: tuple[MaterialView, ...]
    confirmation: ConfirmationView | None
    must_correct: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line of a case's history in words a citizen reads."""

    at: datetime
    kind: str
    title: str
    detail: str
    who: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """A letter of the case; `file_id` is empty while the worker still writes it."""

    key: str
    kind: str
    title: str
    document_number: str
    issued_on: date
    file_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectView:
    """One line of a correction notice."""

    slot: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """Where the result is sent."""

    name: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantCase:
    """A case as its applicant sees it, draft or not."""

    number: str
    official_number: str
    query_code: str
    matter_code: str
    matter_name: str
    organ: str
    organ_name: str
    frame: Frame
    state: State
    state_label: str
    definition: MatterDefinition
    answers: dict[str, Any]
    revision: int
    saved_at: datetime
    confirmed: bool
    delivery: str
    address: AddressView | None
    slots: tuple[SlotView, ...]
    checks: tuple[CheckResult, ...]
    problems: tuple[dict[str, str], ...]
    received_at: datetime | None
    accepted_on: date | None
    decided_on: date | None
    served_on: date | None
    deadlines: tuple[Deadline, ...]
    defects: tuple[DefectView, ...]
    reasons: str
    letters: tuple[LetterView, ...]
    result: str
    result_number: str
    parcel: str
    timeline: tuple[TimelineEntry, ...]
    may: frozenset[Act]
    channel: Channel = Channel.ONLINE
    ending: EndingView | None = None
    mending: tuple[str, ...] = ()
    mending_words: str = ""
    remedy: RemedyView | None = None
    suspension: Suspension | None = None
    procedures: tuple[ProcedureView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in the applicant's own list."""

    number: str
    matter_name: str
    organ_name: str
    state: State
    state_label: str
    due_on: date | None
    due_kind: str
    started_at: datetime
    received_at: datetime | None
    days_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of cases; `next_cursor` is empty on the last one."""

    lines: tuple[CaseLine, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """A line of a worklist."""

    number: str
    official_number: str
    party_label: str
    matter_name: str
    task: str
    task_label: str
    state: State
    assignee: str
    due_on: date
    days_left: int
    urgency: str  # calm | soon | overdue
    channel: str
    corrected: bool
    received_at: datetime | None
    paused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """A page of a worklist."""

    lines: tuple[WorkLine, ...]
    next_cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionView:
    """What an officer wrote about a step or a decision."""

    kind: str
    key: str
    text: str
    by_name: str
    written_at: datetime
    superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleAct:
    """What this officer may do now, and what it will cause."""

    act: Act
    label: str
    effect: str
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCase:
    """A case as an officer sees it: what the role doesn't open is empty, and the two flags say so.

    Without `sees_content` there are no answers, materials, checks and registered details; without
    `sees_result` the name is masked, and there are no address and letters.
    """

    number: str
    official_number: str
    matter_name: str
    organ_name: str
    frame: Frame
    state: State
    state_label: str
    channel: str
    party: str
    party_name: str
    definition: MatterDefinition
    received_at: datetime | None
    accepted_on: date | None
    decided_on: date | None
    delivery: DeliveryChannel | None
    deadlines: tuple[Deadline, ...]
    is_overdue: bool
    corrections: int
    assigned: dict[str, str]
    result: str
    result_number: str
    parcel: str
    timeline: tuple[TimelineEntry, ...]
    acts: tuple[PossibleAct, ...]
    seq: int
    accepted_by: str = ""
    accepted_by_name: str = ""
    decided_by_name: str = ""
    sees_content: bool = False
    sees_result: bool = False
    party_details: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    slots: tuple[SlotView, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    address: AddressView | None = None
    defects: tuple[DefectView, ...] = ()
    opinions: tuple[OpinionView, ...] = ()
    proposal: bool | None = None
    suspension: Suspension | None = None
    procedures: tuple[ProcedureView, ...] = ()
    letters: tuple[LetterView, ...] = ()
    ending: EndingView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStatus:
    """What the number and the query code show without signing in: no personal data."""

    number: str
    matter_name: str
    organ_name: str
    state: State
    state_label: str
    received_on: date | None
    due_on: date | None
    timeline: tuple[TimelineEntry, ...]
    suspension: Suspension | None = None
