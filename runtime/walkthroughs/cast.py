"""Who a step's `as` means."""

from runtime.language.app import App
from runtime.language.directory import Directory, Person
from runtime.language.speech import _
from runtime.walkthroughs.script import WrongScript

#: Whoever started the case.
INITIATOR = "initiator"


def people_of(name: str, *, directory: Directory, app: App, initiator: Person | None) -> tuple[Person, ...]:
    """Return the people meant: a demo person, the members of a role slot, or the case's initiator.

    :raises WrongScript: if there is nobody of that name.
    """
    if name == INITIATOR:
        if initiator is None:
            raise WrongScript(_("还没有单据，不知道发起人是谁"))
        return (initiator,)
    person = directory.person(name)
    if person is not None:
        return (person,)
    role = directory.bound(app.code, name)
    found = tuple(one for code in directory.members(role) if (one := directory.person(code)))
    if not found:
        raise WrongScript(_("没有“%(name)s”这个人员，也没有这个角色的成员", name=name))
    return found
