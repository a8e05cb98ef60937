"""The form of a department's messages. What doesn't fit is no message: nothing is kept of it."""

from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from suban.departments.errors import MalformedMessageError
from suban.departments.types import MessageKind

MAX_BYTES: Final = 64 * 1024
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Optional = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Officer = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z._-]{0,32}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z\u4e00-\u9fff()（）〔〕\[\]_/-]{1,64}$")]
Face = Annotated[str, StringConstraints(strip_whitespace=True, max_length=150)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Message(_Part):
    message_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{8,64}$")]
    case: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,32}$")]
    sequence: int = Field(ge=1, le=100_000)
    occurred_at: AwareDatetime
    officer: Officer = ""

    @property
    def said_at(self) -> datetime:
        """The stated time, in UTC."""
        return self.occurred_at.astimezone(UTC)


class Received(_Message):
    """The case arrived."""

    kind: Literal[MessageKind.RECEIVED]


class Item(_Part):
    """One defect."""

    slot: Key
    defect: Words
    basis: Words


class CorrectionAsked(_Message):
    """Something must be corrected: told once and completely."""

    kind: Literal[MessageKind.CORRECTION_REQUESTED]
    items: tuple[Item, ...] = Field(min_length=1, max_length=30)


class Accepted(_Message):
    """The application is accepted."""

    kind: Literal[MessageKind.ACCEPTED]


class StepCompleted(_Message):
    """A step of the review is done."""

    kind: Literal[MessageKind.STEP_COMPLETED]
    step: Key
    agrees: bool
    opinion: Words


class Granted(_Message):
    """What was applied for is granted, under the department's own number."""

    kind: Literal[MessageKind.GRANTED]
    result_number: Annotated[
        str, StringConstraints(pattern=r"^[0-9A-Za-z\u4e00-\u9fff()（）〔〕\[\]_/-]{1,64}$")
    ]
    expires_on: date | None = None
    face: dict[Key, Face] = Field(default_factory=dict, max_length=15)
    overdue_reason: Optional = ""


class Refused(_Message):
    """It is refused, with reasons."""

    kind: Literal[MessageKind.REFUSED]
    reasons: Words
    overdue_reason: Optional = ""


class WithdrawalAcknowledged(_Message):
    """The withdrawal arrived."""

    kind: Literal[MessageKind.WITHDRAWAL_ACKNOWLEDGED]


class Status(_Message):
    """How it stands, in the department's words: an answer to a query, or by itself."""

    kind: Literal[MessageKind.STATUS]
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


DepartmentMessage = (
    Received
    | CorrectionAsked
    | Accepted
    | StepCompleted
    | Granted
    | Refused
    | WithdrawalAcknowledged
    | Status
)
_MESSAGE: Final[TypeAdapter[DepartmentMessage]] = TypeAdapter(
    Annotated[DepartmentMessage, Field(discriminator="kind")]
)


def read_message(body: bytes | str) -> DepartmentMessage:
    """Return the message that `body` holds.

    :raises MalformedMessageError: it is too large, or not of the agreed form; the message names the places.
    """
    if len(body) > MAX_BYTES:
        raise MalformedMessageError(f"消息不得超过 {MAX_BYTES // 1024} KB。")
    try:
        return _MESSAGE.validate_json(body)
    except ValidationError as error:
        wrong = "、".join(".".join(map(str, fault["loc"])) or "正文" for fault in error.errors()[:5])
        raise MalformedMessageError(f"消息不符合约定，请检查：{wrong}。") from error
