"""Let somebody in again, or not any more."""

from runtime.language.directory import Person
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.running.administrator import administrator
from runtime.running.context import Clock
from runtime.store import organisation
from runtime.store.session import Session
from runtime.store.transaction import transaction


def set_person_active(
    *, session: Session, clock: Clock, actor: int, person: int, active: bool, address: str = ""
) -> Person:
    """Return the person, who may log in and get work from now on, or not; their sessions end at once.

    There is always an administrator left: nobody can deactivate themselves.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such person.
    :raises Refused: if it is `actor` who would go.
    """
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address, holding=True)
        found = admin.somebody(person)
        if found.id == admin.person.id and not active:
            raise Refused("own_account", _("不能停用自己的账号，请由其他管理员操作。"))
        if found.active != active:
            organisation.set_active(tx, found.id, active=active)
            admin.note("person.activated" if active else "person.deactivated", f"person/{found.code}")
    return found
