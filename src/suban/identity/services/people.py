"""People: registered once, known by number, their details sealed under their own key."""

from datetime import datetime

from django.db import IntegrityError

from suban.foundation.services.sealing import blind_index, seal, shred
from suban.foundation.services.transactions import savepoint, transaction
from suban.identity.errors import PersonExistsError, UnknownPersonError
from suban.identity.models import Person
from suban.identity.rules import check_realname_level, clean_email, clean_name, clean_phone
from suban.identity.services.accounts import open_account
from suban.kernel.identifiers import check_citizen_id
from suban.kernel.references import Ref, make_ref, new_id


def register_person(
    *,
    name: str,
    citizen_id: str,
    phone: str,
    email: str = "",
    address: str = "",
    realname_level: int = 1,
    at: datetime,
) -> Ref:
    """Register a natural person and return their reference; not everybody has a telephone.

    :raises InvalidIdentifierError: the identity number can't be one.
    :raises InvalidDetailsError: another detail is malformed.
    :raises PersonExistsError: the number is registered already.
    """
    check_realname_level(realname_level)
    details = _clean(name=name, citizen_id=citizen_id, phone=phone, email=email, address=address)
    ref = make_ref("person", new_id())
    with transaction():
        _insert(ref=ref, details=details, realname_level=realname_level, at=at)
    return ref


def register_applicant(
    *,
    name: str,
    citizen_id: str,
    phone: str,
    username: str,
    password: str,
    at: datetime,
    person: str = "",
) -> Ref:
    """Register a person and open their account in one go; neither stays without the other.

    `person` is the reference to give them, where one was needed before.

    :raises InvalidIdentifierError: the identity number can't be one.
    :raises InvalidDetailsError: another detail is malformed.
    :raises PersonExistsError: the number is registered already.
    :raises UsernameTakenError: the account name is taken.
    """
    details = _clean(name=name, citizen_id=citizen_id, phone=clean_phone(phone), email="", address="")
    ref = make_ref("person", person.removeprefix("person:") or new_id())
    with transaction():
        account = open_account(username=username, password=password, at=at)
        _insert(ref=ref, details=details, realname_level=1, at=at)
        Person.objects.filter(ref=ref).update(user=account)
    return ref


def update_contact(
    *, person: str, phone: str | None = None, email: str | None = None, address: str | None = None
) -> None:
    """Change what is given; nothing else of the person can be changed by themselves.

    :raises UnknownPersonError: nobody has this reference.
    :raises InvalidDetailsError: a detail is malformed.
    """
    with transaction():
        row = _lock(person)
        if phone is not None:
            row.phone_sealed = seal(subject=row.ref, text=clean_phone(phone))
            row.phone_index = _free_phone_index(row.ref, clean_phone(phone))
        if email is not None:
            row.email_sealed = seal(subject=row.ref, text=clean_email(email))
        if address is not None:
            row.address_sealed = seal(subject=row.ref, text=address.strip())
        row.save(update_fields=["phone_sealed", "phone_index", "email_sealed", "address_sealed"])


def confirm_realname_level(*, person: str, level: int) -> None:
    """Raise how surely the person is known; a proof once given isn't lost to a weaker one.

    :raises UnknownPersonError: nobody has this reference.
    :raises InvalidDetailsError: there is no such level.
    """
    check_realname_level(level)
    with transaction():
        row = _lock(person)
        row.realname_level = max(row.realname_level, level)
        row.save(update_fields=["realname_level"])


def erase_person(*, person: str) -> None:
    """Erase the account's details by destroying their key; cases follow archive law (国令716 art. 12).

    :raises UnknownPersonError: nobody has this reference.
    """
    with transaction():
        row = _lock(person)
        row.phone_index = ""
        row.citizen_id_index = f"erased:{row.ref}"
        row.save(update_fields=["phone_index", "citizen_id_index"])
        if row.user is not None:
            row.user.is_active = False
            row.user.save(update_fields=["is_active"])
        shred(row.ref)


def _clean(*, name: str, citizen_id: str, phone: str, email: str, address: str) -> dict[str, str]:
    number = citizen_id.strip().upper()
    check_citizen_id(number)
    return {
        "name": clean_name(name),
        "citizen_id": number,
        "phone": clean_phone(phone) if phone.strip() else "",
        "email": clean_email(email),
        "address": address.strip(),
    }


def _insert(*, ref: Ref, details: dict[str, str], realname_level: int, at: datetime) -> None:
    index = blind_index("citizen_id", details["citizen_id"])
    sealed = {f"{field}_sealed": seal(subject=ref, text=text) for field, text in details.items()}
    try:
        with savepoint():
            Person.objects.create(
                ref=ref,
                citizen_id_index=index,
                phone_index=_free_phone_index(ref, details["phone"]),
                realname_level=realname_level,
                registered_at=at,
                **sealed,
            )
    except IntegrityError as known:
        raise _already_here() from known


def _free_phone_index(ref: str, phone: str) -> str:
    # Families share telephones: whoever had the number first goes on signing in with it, the others by name.
    if not phone:
        return ""
    index = blind_index("phone", phone)
    held = Person.objects.filter(phone_index=index, user__is_active=True).exclude(ref=ref).exists()
    return "" if held else index


def _already_here() -> PersonExistsError:
    return PersonExistsError(
        "该公民身份号码已注册，请直接登录；忘记账户请到政务服务窗口核实。", field="citizen_id"
    )


def _lock(ref: str) -> Person:
    row = Person.objects.select_for_update(no_key=True, of=("self",)).filter(ref=ref).first()
    if row is None:
        raise UnknownPersonError("没有找到这个人。")
    return row
