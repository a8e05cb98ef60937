"""How a matter is handled: steps of review, automatic checks, the result and its way to the door."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from suban.catalogue.types.base import Expression, Key, OptionalText, Part, ShortText, Text
from suban.catalogue.types.codes import ResultKind, StepRole
from suban.catalogue.types.materials import RegisterLookup


class ReviewStep(Part):
    """A node of the review graph; it opens when every step of `after` is completed."""

    key: Key
    name: ShortText
    kind: Literal["examine", "review", "decide"]
    role: StepRole
    after: tuple[Key, ...] = ()
    days: int = Field(default=0, ge=0, le=365)
    standard: OptionalText = ""
    points: tuple[ShortText, ...] = ()


class Check(Part):
    """An automatic check: true means passed.

    It runs before submission and again for the reviewer. `answers` checks read the answers;
    `register` checks read `lookup` and see the record as `record.<field>` and fail when there is none.
    A blocking check stops the submission; another only warns, and a person decides.
    """

    key: Key
    name: ShortText
    kind: Literal["answers", "register"]
    expression: Expression
    lookup: RegisterLookup | None = None
    blocking: bool = False
    when: Expression = ""
    failure: Text
    basis: OptionalText = ""


class FaceField(Part):
    """One line on the face of a licence; `value` is a path such as `answers.practice_region`."""

    label: ShortText
    value: ShortText


class ResultTemplate(Part):
    """What the applicant receives, and how it is numbered.

    `number_pattern` knows `{yy}`, `{yyyy}`, `{mm}`, `{region}`, `{answers.<name>}`, `{serial:6}`,
    `{shuffled:5}` and `{check:<algorithm>}`; see the rules for numbers.
    """

    kind: ResultKind
    name: ShortText
    outcome: Literal["出证办结", "出文办结", "审批办结", "其他"]
    type_code: ShortText
    validity_years: int | None = Field(default=None, ge=1, le=50)
    validity_article: OptionalText = ""
    number_kind: Key
    number_pattern: ShortText
    face: tuple[FaceField, ...] = ()
    sample: Text
    numbered_stock: bool = False


class ExternalHandling(Part):
    """The department's own system that handles the matter; the applicant still has one page, here.

    `system` is the id under which the node registered it; `name` is what pages call it.
    """

    system: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,30}$")]
    name: ShortText


class FlowStage(Part):
    """One line of the flow shown in the guide (办理流程): who does what, how fast, by which measure."""

    name: ShortText
    who: ShortText
    limit: ShortText
    standard: Text
    output: OptionalText = ""
