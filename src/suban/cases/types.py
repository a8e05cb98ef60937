"""The words of the engine: frames, states, acts, and the values that pass through its doors."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"  # 草稿
    DISCARDED = "discarded"  # 草稿已删除
    SUBMITTED = "submitted"  # 已收件
    CORRECTION = "correction"  # 待补正
    ACCEPTED = "accepted"  # 已受理
    REVIEW = "review"  # 审查中
    PROPOSED = "proposed"  # 拟决定
    GRANTED = "granted"  # 准予
    REFUSED = "refused"  # 不予
    FILED = "filed"  # 已备案
    ISSUED = "issued"  # 已制证
    DISPATCHED = "dispatched"  # 寄送中
    SERVED = "served"  # 已送达
    CLOSED = "closed"  # 已归档
    WITHDRAWN = "withdrawn"  # 已撤回


class Act(StrEnum):
    """What someone, or the passing of time, may do to a case."""

    PREPARE = "prepare"
    DISCARD = "discard"
    SUBMIT = "submit"
    COMPLETE_FILING = "complete_filing"
    REQUEST_CORRECTION = "request_correction"
    SUBMIT_CORRECTION = "submit_correction"
    ACCEPT = "accept"
    DEEM_ACCEPTED = "deem_accepted"
    GRANT_ON_SPOT = "grant_on_spot"
    START_REVIEW = "start_review"
    COMPLETE_STEP = "complete_step"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    DISPATCH = "dispatch"
    FAIL_DELIVERY = "fail_delivery"
    SERVE = "serve"
    CLOSE = "close"


class Seat(StrEnum):
    """Who performs an act."""

    APPLICANT = "applicant"  # 申请人
    CLERK = "clerk"  # 窗口
    EXAMINER = "examiner"  # 审查
    STEP = "step"  # the role that the matter's step names
    DECIDER = "decider"  # 决定
    DISPATCHER = "dispatcher"  # 出证
    SYSTEM = "system"  # 系统


class MaterialKind(StrEnum):
    """How a material came into the case."""

    UPLOAD = "upload"  # 上传
    GENERATED = "generated"  # 由填写内容生成并由申请人确认
    REGISTER = "register"  # 数据共享
    LICENCE = "licence"  # 电子证照
    CONFIRMATION = "confirmation"  # 单位在线确认
    PROMISE = "promise"  # 告知承诺


class Channel(StrEnum):
    """How the application arrived."""

    ONLINE = "online"
    API = "api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line of a derivation: what counted, and the article that says so."""

    text: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which something must have happened, with the way it was found.

    `kind` is notice | legal | promised | delivery | reconsideration | lawsuit. `provisional` says
    that the calendar of the year isn't published yet.
    """

    kind: str
    due_on: date
    because: tuple[Reason, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """One line of a correction notice: which material or form field, what is wrong, on what basis."""

    slot: str
    defect: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an applicant gets for a submission (收件凭证)."""

    number: str
    official_number: str
    query_code: str
    received_at: datetime
    received_on: date
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """An automatic check: what was asked, of whom, when, and the answer."""

    key: str
    name: str
    outcome: str  # pass | fail | unknown
    source: str
    checked_at: datetime
    detail: str
