"""The Chinese words for states and acts, per frame: a filing is never "approved"."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from suban.cases.types import Act, State
from suban.catalogue.types import Frame

_COMMON: Final = {
    State.DRAFT: "草稿",
    State.DISCARDED: "草稿已删除",
    State.SUBMITTED: "已收件，等待受理",
    State.CORRECTION: "待补正",
    State.ACCEPTED: "已受理",
    State.REVIEW: "审查中",
    State.PROPOSED: "审查完成，等待决定",
    State.GRANTED: "准予许可，正在制证",
    State.REFUSED: "不予许可",
    State.FILED: "已备案，正在出证明",
    State.ISSUED: "已制证，等待送达",
    State.DISPATCHED: "已出证，等待签收",
    State.SERVED: "已送达",
    State.CLOSED: "已办结",
    State.WITHDRAWN: "已撤回",
    State.NOT_NEEDED: "不需要许可",
    State.NOT_ACCEPTED: "不予受理",
    State.TERMINATED: "已终止",
}
_FILING: Final = {
    State.SUBMITTED: "已收件，等待核对",
    State.ISSUED: "备案证明已出具",
}

LABELS: Final[Mapping[Frame, Mapping[State, str]]] = MappingProxyType(
    {Frame.LICENCE: MappingProxyType(_COMMON), Frame.FILING: MappingProxyType({**_COMMON, **_FILING})},
)

# In the order in which they are offered: what grants before what holds up.
ACT_LABELS: Final[Mapping[Act, str]] = MappingProxyType(
    {
        Act.ACCEPT: "受理",
        Act.REQUEST_CORRECTION: "发补正告知",
        Act.GRANT_ON_SPOT: "当场准予",
        Act.COMPLETE_STEP: "提交审查意见",
        Act.END_PROCEDURE: "登记特别程序结果",
        Act.START_PROCEDURE: "启动特别程序",
        Act.GRANT: "准予许可",
        Act.REFUSE: "不予许可",
        Act.DISPATCH: "交寄结果",
        Act.SERVE: "窗口发证",
        Act.OFFER_MENDING: "请当场更正",
        Act.RETURN_TO_STEP: "退回前一步",
        Act.DECLARE_NOT_NEEDED: "告知不需要许可",
        Act.DECLARE_NOT_COMPETENT: "不属于本机关",
        Act.REFUSE_FALSE_MATERIAL: "虚假材料处理",
        Act.TERMINATE: "终止办理",
    },
)

ACT_EFFECTS: Final[Mapping[Act, str]] = MappingProxyType(
    {
        Act.REQUEST_CORRECTION: "申请人会收到一次性补正告知书，办理期限停止计算，补正后重新起算。",
        Act.ACCEPT: "办理期限自今天起算，系统随机分派审查人员，申请人会收到受理通知书。",
        Act.GRANT_ON_SPOT: "立即作出准予决定并制作电子证照。",
        Act.COMPLETE_STEP: "您的意见记入办件；最后一步完成后转给决定人。",
        Act.START_PROCEDURE: "申请人会收到写明所需时间的告知书，办理期限暂停计算。",
        Act.END_PROCEDURE: "记录结果和报告，办理期限继续计算，申请人会收到通知。",
        Act.GRANT: "作出准予决定，签发电子证照，申请人会收到通知。",
        Act.REFUSE: "作出不予决定，决定书写明理由和救济途径，申请人会收到通知。",
        Act.DISPATCH: "结果交给快递或放到窗口待领，申请人会收到通知。",
        Act.SERVE: "记录送达，救济期限自今天起算。",
        Act.OFFER_MENDING: "填写上的小错误由申请人当场改正，期限继续计算，不占用补正的机会。",
        Act.RETURN_TO_STEP: "退回后重新审查，期限继续计算；原来的意见保留，不再作为决定依据。",
        Act.DECLARE_NOT_NEEDED: "依法不需要许可的，即时告知不受理；申请人会收到告知书。",
        Act.DECLARE_NOT_COMPETENT: "不属于本机关职权的，即时决定不予受理，并告知应当向哪个机关申请。",
        Act.REFUSE_FALSE_MATERIAL: "不予受理或者不予许可，并给予警告；涉及安全的事项一年内不得再次申请。",
        Act.TERMINATE: "不再作出决定，办理就此结束；通知书写明理由、依据和救济途径。",
    },
)

TASK_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "accept": "受理",
        "decide": "决定",
        "dispatch": "制证送达",
        "hand_over": "窗口发证",
        "grant_on_spot": "当场决定",
        "push_failed": "推送失败，待处理",
    },
)


def state_label(frame: Frame, state: State) -> str:
    """Return the words for a state."""
    return LABELS[frame][state]
