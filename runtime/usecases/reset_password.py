"""Give somebody a password who has forgotten theirs."""

import secrets
from dataclasses import dataclass, field

from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.running.administrator import administrator
from runtime.running.context import Clock
from runtime.store import accounts, organisation
from runtime.store.passwords import hash_password
from runtime.store.session import Session
from runtime.store.transaction import transaction

#: Random bytes: 16 characters to be read out or copied.
_BYTES = 12


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that is shown to the administrator once, and stored nowhere."""

    name: str
    login: str
    #: Left out of `repr`: it must not get into a log.
    password: str = field(repr=False)


def reset_password(
    *, session: Session, clock: Clock, actor: int, person: int, address: str = ""
) -> NewPassword:
    """Return a new random password of the person; their sessions end, and their failed log-ins are forgotten.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such person.
    :raises Refused: if it is `actor`'s own, which asks for the old one.
    """
    password = secrets.token_urlsafe(_BYTES)
    # Outside the transaction: a hash takes long on purpose, and SQLite has only one writer.
    hashed = hash_password(password)
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address)
        found = admin.somebody(person)
        if found.id == admin.person.id:
            raise Refused("own_account", _("请在“个人设置”中修改自己的密码。"))
        account = accounts.by_id(tx, found.id)
        login = account.login if account else found.code
        organisation.set_password_hash(tx, found.id, password_hash=hashed)
        accounts.forget_failures(tx, login=login)
        admin.note("person.password_reset", f"person/{found.code}")
    return NewPassword(found.name, login, password)
