"""Why feedback refuses."""

from suban.kernel.errors import ConflictError, DomainError, NotFoundError


class UnknownQuestionError(NotFoundError):
    """There is no such question, or it is somebody else's; the two look the same."""

    code = "feedback.unknown_question"

    def __init__(self) -> None:
        super().__init__("没有找到这条咨询，请从“我的咨询”里打开。")


class EmptyTextError(DomainError):
    """Nothing was written, or too much."""

    code = "feedback.text_length"

    def __init__(self, longest: int) -> None:
        super().__init__(f"请写下内容，不超过 {longest} 个字。", field="text")


class TooManyQuestionsError(DomainError):
    """One party asks more than an office can answer."""

    code = "feedback.too_many_questions"

    def __init__(self) -> None:
        super().__init__("您今天的咨询次数已到上限，请等窗口答复，或者拨打咨询电话。")


class QuestionMoveError(ConflictError):
    """The question doesn't stand so that this could be done."""

    code = "feedback.move_not_allowed"

    def __init__(self, *, label: str, state: str, act: str) -> None:
        super().__init__(f"这条咨询现在是“{label}”，不能再这样办理，请刷新页面。", state=state, act=act)
