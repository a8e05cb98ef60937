"""The closed lists of words: states, acts, seats, kinds, channels."""

from enum import StrEnum
from typing import Final

FORM_SLOT: Final = "form"
"""The slot under which a correction notice names the answers of the form."""


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
    NOT_NEEDED = "not_needed"  # 告知不受理
    NOT_ACCEPTED = "not_accepted"  # 不予受理
    TERMINATED = "terminated"  # 已终止


class Act(StrEnum):
    """What someone, or the passing of time, may do to a case."""

    PREPARE = "prepare"
    CHANGE_CHANNEL = "change_channel"
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
    START_PROCEDURE = "start_procedure"
    END_PROCEDURE = "end_procedure"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    ISSUE = "issue"
    DISPATCH = "dispatch"
    FAIL_DELIVERY = "fail_delivery"
    SERVE = "serve"
    CLOSE = "close"
    DECLARE_NOT_NEEDED = "declare_not_needed"
    DECLARE_NOT_COMPETENT = "declare_not_competent"
    OFFER_MENDING = "offer_mending"
    CORRECT_ON_SPOT = "correct_on_spot"
    RETURN_TO_STEP = "return_to_step"
    REFUSE_FALSE_MATERIAL = "refuse_false_material"
    TERMINATE = "terminate"
    RECONSIDER = "reconsider"


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
    COUNTER = "counter"
