"""The refusals of the catalogue."""

from collections.abc import Sequence
from typing import ClassVar

from suban.kernel.errors import ConflictError, DomainError, NotFoundError


class UnknownMatterError(NotFoundError):
    """No such matter or version is published."""

    code: ClassVar[str] = "catalogue.unknown_matter"


class MatterWithdrawnError(ConflictError):
    """The matter was withdrawn; nobody may start a case on it."""

    code: ClassVar[str] = "catalogue.matter_withdrawn"


class UnexplainedWithdrawalError(DomainError):
    """A matter is withdrawn with a reason that applicants read."""

    code: ClassVar[str] = "catalogue.unexplained_withdrawal"


class ExpressionRefusedError(DomainError):
    """An expression of a definition uses more than the small language allows."""

    code: ClassVar[str] = "catalogue.expression_refused"


class UnreadableDefinitionError(DomainError):
    """A definition's text can't be read; `problems` name line and path of each fault."""

    code: ClassVar[str] = "catalogue.unreadable_definition"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("事项定义无法读取：" + "；".join(problems), problems=tuple(problems))
        self.problems = tuple(problems)


class UnlawfulDefinitionError(DomainError):
    """A definition was read but breaks a rule; `problems` name each place and rule."""

    code: ClassVar[str] = "catalogue.unlawful_definition"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("事项定义不能发布：" + "；".join(problems), problems=tuple(problems))
        self.problems = tuple(problems)
