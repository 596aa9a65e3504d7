"""Who gets the work of a node: the assignee rule and its policies, in their fixed order, with the reasons.

The order is: rule, exclusions, inactive people, empty, equal to the initiator, duplicates.
"""

from collections.abc import Callable, Iterable

from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.language.directory import Directory
from runtime.language.flow import Node, Source
from runtime.language.refusal import Refused
from runtime.nodes.move import Assigned
from runtime.nodes.node_kind import Assignment

#: Role whose members get what nobody else can be found for.
PROCESS_ADMIN = "process_admin"
SYSTEM_ADMIN = "system_admin"

_Reasons = dict[str, tuple[str, ...]]


class NobodyFound(Refused):
    """The node's rule finds nobody and its policy is to stop."""

    def __init__(self, node: Node, tried: Iterable[str]) -> None:
        super().__init__(
            "nobody_found",
            f"节点“{node.name or node.code}”找不到处理人"
            f"（{'；'.join(tried) or '没有设置处理人'}），请联系流程管理员。",
        )


def resolve(node: Node, asking: Asking, *, handled: Callable[[], frozenset[str]]) -> Assignment:
    """Return who gets the work of `node`.

    `handled` answers who has handled what the duplicates policy looks at; it is asked only where that policy
    may pass somebody.

    :raises NobodyFound: if nobody is found and the policy is `block`.
    """
    people, tried = _union(node.assignees, asking)
    for code in _union(node.exclude, asking)[0]:
        people.pop(code, None)
    people = _active(people, asking.directory)
    if not people:
        return _empty(node, asking, tried)
    if _self_policy_applies(node) and asking.initiator in people:
        others = {code: why for code, why in people.items() if code != asking.initiator}
        if not others:
            return _alone(node, asking, people)
        people = others
    return Assignment(_assigned(people), passed=_duplicates(node, people, handled))


def _union(sources: Iterable[Source], asking: Asking) -> tuple[_Reasons, list[str]]:
    people: _Reasons = {}
    tried: list[str] = []
    for source in sources:
        found = SOURCES.require(source.kind).people(source, asking)
        tried.append(found.because)
        for code in found.people:
            people.setdefault(code, (found.because,))
    return people, tried


def _active(people: _Reasons, directory: Directory) -> _Reasons:
    """Replace people who are inactive by their successor, else by the head of their department."""
    result: _Reasons = {}
    for code, why in people.items():
        person = directory.person(code)
        if person is None:
            continue
        if person.active:
            result.setdefault(code, why)
            continue
        heir = person.successor or directory.head_of(person.department, above=code)
        found = directory.person(heir)
        if found and found.active:
            result.setdefault(found.code, (*why, f"{person.name}已停用，由{found.name}接替"))
    return result


def _empty(node: Node, asking: Asking, tried: list[str]) -> Assignment:
    if node.kind == "notify":
        return Assignment(())
    if node.empty == "block":
        raise NobodyFound(node, tried)
    if node.empty == "pass":
        return Assignment((), outcome="approved", because="找不到处理人，按设置自动通过")
    if node.empty == "reject":
        return Assignment((), outcome="rejected", because="找不到处理人，按设置自动不通过")
    because = f"{'；'.join(tried) or '没有设置处理人'}：找不到处理人"
    if node.empty == "named":
        named, _ = _union(node.empty_to, asking)
        named = _active(named, asking.directory)
        if named:
            return Assignment(_assigned({code: (because, *why) for code, why in named.items()}))
    admins = _admins(asking)
    if not admins:
        raise NobodyFound(node, tried)
    return Assignment(_assigned(dict.fromkeys(admins, (because, "转流程管理员"))))


def _admins(asking: Asking) -> tuple[str, ...]:
    directory = asking.directory
    for role in (PROCESS_ADMIN, SYSTEM_ADMIN):
        people = (directory.person(one) for one in directory.members(role))
        members = tuple(one.code for one in people if one and one.active)
        if members:
            return members
    return ()


def _self_policy_applies(node: Node) -> bool:
    if node.kind in ("fill", "notify", "start"):
        return False
    return not any(SOURCES.require(source.kind).names_initiator for source in node.assignees)


def _alone(node: Node, asking: Asking, people: _Reasons) -> Assignment:
    why = people[asking.initiator]
    if node.self_policy == "self":
        return Assignment(_assigned(people))
    if node.self_policy == "pass":
        own = Assigned(asking.initiator, why)
        return Assignment((own,), passed=((asking.initiator, "处理人就是发起人，按设置自动通过"),))
    superior = asking.directory.superior_of(asking.initiator)
    lifted = _active(
        {superior: (*why, "处理人就是发起人本人，上移到其上级")} if superior else {}, asking.directory
    )
    if not lifted or asking.initiator in lifted:
        # Nobody stands above: the top of the house decides its own business.
        return Assignment(_assigned({asking.initiator: (*why, "发起人没有上级，由本人处理")}))
    return Assignment(_assigned(lifted))


def _duplicates(
    node: Node, people: _Reasons, handled: Callable[[], frozenset[str]]
) -> tuple[tuple[str, str], ...]:
    asks_something = node.edit or node.require or node.opinion == "required"
    if node.kind != "approve" or node.duplicates == "none" or asks_something:
        return ()
    before = handled()
    reason = "与上一节点处理人相同，自动通过" if node.duplicates == "adjacent" else "此前已同意，自动通过"
    return tuple((code, reason) for code in people if code in before)


def _assigned(people: _Reasons) -> tuple[Assigned, ...]:
    return tuple(Assigned(code, why) for code, why in people.items())
