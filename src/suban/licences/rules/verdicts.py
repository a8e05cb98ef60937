"""What the signatures, the dates and the status list of a licence come to, said in words."""

from datetime import date, datetime

from suban.kernel.clock import SHANGHAI
from suban.licences.rules.faces import chinese_date
from suban.licences.rules.statuses import status_on
from suban.licences.types import Claim, PageSignature, Status, StatusList, Verdict, VerificationResult


def page_faults(page: PageSignature) -> tuple[str, ...]:
    """Return what is wrong with the signature of the page."""
    if not page.present:
        return ("文件中没有可读的电子签章，可能不是电子证照原件。",)
    faults = []
    if not page.intact:
        faults.append("文件内容在签章后被改动。")
    if not page.whole:
        faults.append("签章没有覆盖整个文件，签章后有内容追加。")
    if not page.trusted:
        faults.append("签章证书不在信任名单内。")
    return tuple(faults)


def status_in(statuses: StatusList | None, claim: Claim, day: date) -> Status | None:
    """Return the status that the list and the dates give; None when no list can tell."""
    if statuses is None or statuses.as_of.astimezone(SHANGHAI).date() < claim.signed_on:
        return None
    listed = statuses.exceptions.get(claim.identifier, Status.VALID)
    return status_on(listed, claim.expires_on, day)


def judge(
    *,
    page: PageSignature,
    claim: Claim | None,
    faults: tuple[str, ...],
    statuses: StatusList | None,
    at: datetime,
) -> VerificationResult:
    """Return the verdict on a file from what each check found."""
    if claim is None or faults:
        return VerificationResult(
            verdict=Verdict.FORGED,
            summary="核验未通过：" + "".join(faults),
            reasons=faults,
            page=page,
            claim=claim,
        )
    status = status_in(statuses, claim, at.astimezone(SHANGHAI).date())
    as_of = statuses.as_of if statuses else None
    return VerificationResult(
        verdict=_verdict(status),
        summary=_summary(claim, status, as_of),
        reasons=_remarks(claim, statuses, at),
        page=page,
        claim=claim,
        status=status,
        status_as_of=as_of,
    )


def _verdict(status: Status | None) -> Verdict:
    if status is None:
        return Verdict.UNKNOWN
    return Verdict.VALID if status is Status.VALID else Verdict.NOT_IN_FORCE


def _summary(claim: Claim, status: Status | None, as_of: datetime | None) -> str:
    signed = f"签发于 {claim.signed_on.isoformat()}"
    if status is None or as_of is None:
        return f"{signed}，签名有效；没有签发之后的状态名单，当前状态未知。"
    known = as_of.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return f"{signed}，状态截至 {known} 为 {status.label}"


def _remarks(claim: Claim, statuses: StatusList | None, at: datetime) -> tuple[str, ...]:
    remarks = []
    if statuses and statuses.next_update < at:
        remarks.append("状态名单已过更新时间，请下载新的名单再核验。")
    if statuses and statuses.as_of.astimezone(SHANGHAI).date() < claim.signed_on:
        remarks.append("状态名单早于签发日期，名单对本证照没有证明力。")
    if claim.expires_on and at.astimezone(SHANGHAI).date() > claim.expires_on:
        remarks.append(f"证照有效期至{chinese_date(claim.expires_on)}，已过期。")
    return tuple(remarks)
