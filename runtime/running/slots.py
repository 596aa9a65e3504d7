"""What a pack's slots stand for in this organisation: bound by somebody, or the code of the same name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runtime.language.app import App, Slot
from runtime.language.directory import Directory
from runtime.language.problem import Problem
from runtime.language.speech import _

#: Kinds of slots that the organisation fills. Connectors and secrets are bound where they are kept.
KINDS: Mapping[str, str] = {"role": "角色", "department": "部门", "post": "岗位", "user": "人员"}


@dataclass(frozen=True, slots=True)
class Filling:
    """A slot and what it stands for."""

    app: str
    slot: Slot
    #: Code of the role, department, post or person.
    target: str
    #: Whether there is one with this code.
    exists: bool

    @property
    def missing(self) -> bool:
        """Whether the pack cannot run without it."""
        return self.slot.required and not self.exists


def fillings(
    app: App, directory: Directory, *, given: Mapping[str, str] | None = None
) -> tuple[Filling, ...]:
    """Return what each slot of the app stands for.

    `given` are bindings yet to be made, by "pack/slot" or "slot"; they go before those that were made.
    """
    return tuple(_filling(app, slot, directory, given or {}) for slot in app.manifest.slots)


def codes(directory: Directory, kind: str) -> Mapping[str, str]:
    """Return what a slot of this kind may be bound to: name by code."""
    match kind:
        case "role":
            return {code: one.name for code, one in directory.roles.items()}
        case "department":
            return {code: one.name for code, one in directory.departments.items()}
        case "post":
            return {code: one.name for code, one in directory.posts.items()}
        case "user":
            return {code: one.name for code, one in directory.people.items() if one.active}
        case _:
            return {}


def unbound(app: App, directory: Directory, given: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what is wrong with bindings that somebody chose, `$.slot` names each.

    Every one must be of something that exists; a role of the slot's own code is made if there is none.
    """
    for one in fillings(app, directory, given=given):
        slot = one.slot
        made = slot.kind == "role" and one.target == slot.code
        if slot.kind not in KINDS or made or one.target in codes(directory, slot.kind):
            continue
        if slot.required or one.target != slot.code:
            message = _("请为“%(slot)s”选择一个%(kind)s。", slot=slot.name, kind=_(KINDS[slot.kind]))
            yield Problem("slot_unbound", f"$.{slot.code}", message)


def _filling(app: App, slot: Slot, directory: Directory, given: Mapping[str, str]) -> Filling:
    path = f"{app.code}/{slot.code}"
    target = given.get(path) or given.get(slot.code) or directory.bound(app.code, slot.code)
    known = {"role": directory.roles, "department": directory.departments, "post": directory.posts}
    there: Mapping[str, object] = directory.people if slot.kind == "user" else known.get(slot.kind, {})
    return Filling(app.code, slot, target, slot.kind not in KINDS or target in there)
