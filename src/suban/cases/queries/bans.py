"""Who is barred from applying for a licence, and until when."""

from dataclasses import dataclass
from datetime import date

from suban.cases.errors import BannedError
from suban.cases.models import ApplicationBan


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """A bar on applying again, with the decision that set it."""

    until: date
    article: str
    case: str


def find_ban(*, party: str, base_code: str, today: date) -> Ban | None:
    """Return the bar that `party` is under for a licence, wherever it is handled; the longest one."""
    row = (
        ApplicationBan.objects.filter(party=party, base_code=base_code, since__lte=today, until__gte=today)
        .select_related("case")
        .order_by("-until")
        .first()
    )
    return Ban(until=row.until, article=row.article, case=row.case.number) if row else None


def ban_words(ban: Ban) -> str:
    """Return why one can't apply and until when, with the article and what can be done."""
    until = f"{ban.until.year} 年 {ban.until.month} 月 {ban.until.day} 日"
    return (
        f"因为提供过虚假材料（办件 {ban.case}），依照{ban.article}，到 {until}止您不能再次申请这项许可。"
        "不服那次处理决定的，可以申请行政复议或者提起行政诉讼。"
    )


def check_not_banned(party: str, base_code: str, *, today: date) -> None:
    """Refuse who is barred from applying again.

    :raises BannedError: the message names the article and the last day.
    """
    if ban := find_ban(party=party, base_code=base_code, today=today):
        raise BannedError(ban_words(ban), until=ban.until, article=ban.article)
