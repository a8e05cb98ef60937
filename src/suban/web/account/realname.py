"""Comparing name and identity number with the identity register (实名核验).

The words are the same for a number that isn't this name's and for one that has an account already:
nobody learns from us what the register holds, or who is registered here.
"""

from datetime import datetime
from enum import Enum, auto
from typing import Final

from suban.exchange.errors import RegisterDownError
from suban.exchange.services import look_up
from suban.identity.errors import PersonExistsError
from suban.identity.queries import read_person
from suban.identity.services import confirm_realname_level, register_applicant
from suban.identity.types import Actor, RealnameLevel
from suban.kernel.references import Ref, make_ref, new_id

NOT_PROVEN: Final = (
    "姓名和公民身份号码没有通过核验，没有注册成功。请对照身份证核对两项内容；"
    "已经注册过的请直接登录；核对无误仍不通过的，请携带身份证到政务服务窗口办理。"
)
NOT_PROVEN_AGAIN: Final = "您登记的姓名和公民身份号码没有通过核验，请携带身份证到政务服务窗口核实。"
REGISTER_DOWN: Final = "人口库暂时查不到，实名核验没有完成。请稍后在“我的资料”点“重新核验”。"
_PURPOSE: Final = "实名核验"
_LIVING: Final = "正常"


class Proof(Enum):
    """What the register said."""

    PROVEN = auto()
    REFUTED = auto()
    UNASKED = auto()


def register_proven(
    *, name: str, citizen_id: str, phone: str, username: str, password: str, at: datetime
) -> Proof:
    """Open an account for whoever the register knows; while it is down, one of the lowest level.

    :raises DomainError: another detail is refused; a number known here already counts as refuted.
    """
    person = make_ref("person", new_id())
    proof = _ask(person=person, name=name, citizen_id=citizen_id, at=at)
    if proof is Proof.REFUTED:
        return proof
    try:
        register_applicant(
            name=name,
            citizen_id=citizen_id,
            phone=phone,
            username=username,
            password=password,
            at=at,
            person=person,
        )
    except PersonExistsError:
        return Proof.REFUTED
    return _note(person, proof)


def prove_again(*, actor: Actor, at: datetime) -> Proof:
    """Ask once more about a person who has an account."""
    details = read_person(person=actor.ref, by=actor, purpose=_PURPOSE, at=at)
    proof = _ask(person=actor.ref, name=details.name, citizen_id=details.citizen_id, at=at)
    return _note(actor.ref, proof)


def _note(person: Ref, proof: Proof) -> Proof:
    if proof is Proof.PROVEN:
        confirm_realname_level(person=person, level=RealnameLevel.COMPARED)
    return proof


def _ask(*, person: Ref, name: str, citizen_id: str, at: datetime) -> Proof:
    # Both are sent, so that the register says yes or no and tells nothing about a stranger's number.
    asked = {"citizen_id": citizen_id, "name": name}
    try:
        record = look_up(
            resource="identity",
            query=asked,
            purpose=_PURPOSE,
            case=f"realname:{new_id()}",  # there is no case yet; the call is found by its subject
            by=person,
            subject=person,
            at=at,
        )
    except RegisterDownError:
        return Proof.UNASKED
    if record is None or record.data.get("status") != _LIVING:
        return Proof.REFUTED
    same = all(record.data.get(name) == value for name, value in asked.items())
    return Proof.PROVEN if same else Proof.REFUTED
