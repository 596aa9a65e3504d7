"""Who gets the work of a node: the assignee rule and its policies, in their fixed order, with the reasons.

The order is: rule, exclusions, inactive people, empty, equal to the initiator, duplicates. Whoever steps in
at one of these goes through those after it.
"""

from collections.abc import Callable, Iterable

from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.language.directory import Directory
from runtime.language.flow import Node, Source
from runtime.language.kept_speech import said_all
from runtime.language.kept_speech import sentence as _l
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.nodes.move import Assigned
from runtime.nodes.node_kind import Assignment

#: Role whose members get what nobody else can be found for.
PROCESS_ADMIN = "process_admin"
SYSTEM_ADMIN = "system_admin"

_Reasons = dict[str, tuple[str, ...]]


class NobodyFound(Refused):
    """The node's rule finds nobody and its policy is to stop."""

    def __init__(self, node: Node, tried: Iterable[str]) -> None:
        why = said_all(tried) or _("没有设置处理人")
        super().__init__(
            "nobody_found",
            _(
                "节点“%(node)s”找不到处理人（%(why)s），请联系流程管理员。",
                node=node.name or node.code,
                why=why,
            ),
        )


def resolve(node: Node, asking: Asking, *, handled: Callable[[], frozenset[str]]) -> Assignment:
    """Return who gets the work of `node`.

    `handled` answers who has handled what the duplicates policy looks at; it is asked only where that policy
    may pass somebody.

    :raises NobodyFound: if nobody is found and the policy is `block`.
    """
    people, tried = _found(node, asking)
    on_purpose = _names_initiator(node.assignees)
    if not people:
        decided = _without_anybody(node, tried)
        if decided:
            return decided
        people = _substitutes(node, asking, tried)
        on_purpose = node.empty == "named" and _names_initiator(node.empty_to)
    if asking.initiator in people and not on_purpose and node.kind == "approve":
        others = {code: why for code, why in people.items() if code != asking.initiator}
        if not others and node.self_policy == "pass":
            passed = ((asking.initiator, _l("处理人就是发起人，按设置自动通过")),)
            return Assignment(_assigned(people), passed=passed)
        people = others or _alone(node, asking, people)
    return Assignment(_assigned(people), passed=_duplicates(node, people, handled))


def give_back(
    node: Node, people: Iterable[str], *, because: str, directory: Directory
) -> tuple[Assigned, ...]:
    """Return who gets work that was sent back to `people`: they, or who stands in for those who left.

    :raises NobodyFound: if they left, nobody stands in, and there is no administrator either.
    """
    found = _active(dict.fromkeys(people, (because,)), directory)
    if not found:
        found = dict.fromkeys(_admins(directory), (because, _l("转流程管理员")))
    if not found:
        raise NobodyFound(node, (because,))
    return _assigned(found)


def _found(node: Node, asking: Asking) -> tuple[_Reasons, list[str]]:
    people, tried = _union(node.assignees, asking)
    if not node.exclude:
        return _active(people, asking.directory), tried
    excluded = _union(node.exclude, asking)[0]
    # Once more after the inactive ones: whoever is excluded does not come back as somebody's successor.
    active = _active(_without(people, excluded), asking.directory)
    return _without(active, excluded), tried


def _union(sources: Iterable[Source], asking: Asking) -> tuple[_Reasons, list[str]]:
    people: _Reasons = {}
    tried: list[str] = []
    for source in sources:
        found = SOURCES.require(source.kind).people(source, asking)
        tried.append(found.because)
        for code in found.people:
            people.setdefault(code, (found.because,))
    return people, tried


def _without(people: _Reasons, others: Iterable[str]) -> _Reasons:
    gone = set(others)
    return {code: why for code, why in people.items() if code not in gone}


def _active(people: _Reasons, directory: Directory) -> _Reasons:
    """Replace people who are inactive by their successor, else by the head above them."""
    result: _Reasons = {}
    for code, why in people.items():
        person = directory.person(code)
        if person is None:
            continue
        if person.active:
            result.setdefault(code, why)
            continue
        heir = directory.person(directory.stand_in_for(code))
        if heir:
            result.setdefault(
                heir.code, (*why, _l("%(person)s已停用，由%(heir)s接替", person=person.name, heir=heir.name))
            )
    return result


def _names_initiator(sources: Iterable[Source]) -> bool:
    return any(SOURCES.require(source.kind).names_initiator for source in sources)


def _without_anybody(node: Node, tried: list[str]) -> Assignment | None:
    """Return what a node without people comes to, None where somebody is to step in."""
    if node.kind == "notify":
        return Assignment(())
    if node.empty == "block":
        raise NobodyFound(node, tried)
    if node.empty == "pass":
        outcome = "completed" if node.kind == "fill" else "approved"
        return Assignment((), outcome=outcome, because=_l("找不到处理人，按设置自动通过"))
    if node.empty == "reject":
        return Assignment((), outcome="rejected", because=_l("找不到处理人，按设置自动不通过"))
    return None


def _substitutes(node: Node, asking: Asking, tried: list[str]) -> _Reasons:
    because = _l("%(tried)s：找不到处理人", tried=tried) if tried else _l("没有设置处理人：找不到处理人")
    if node.empty == "named":
        named = _active(_union(node.empty_to, asking)[0], asking.directory)
        if named:
            return {code: (because, *why) for code, why in named.items()}
    admins = _admins(asking.directory)
    if not admins:
        raise NobodyFound(node, tried)
    return dict.fromkeys(admins, (because, _l("转流程管理员")))


def _admins(directory: Directory) -> tuple[str, ...]:
    for role in (PROCESS_ADMIN, SYSTEM_ADMIN):
        people = (directory.person(one) for one in directory.members(role))
        members = tuple(one.code for one in people if one and one.active)
        if members:
            return members
    return ()


def _alone(node: Node, asking: Asking, people: _Reasons) -> _Reasons:
    if node.self_policy == "self":
        return people
    why = people[asking.initiator]
    superior = asking.directory.superior_of(asking.initiator)
    lifted = _active(
        {superior: (*why, _l("处理人就是发起人本人，上移到其上级"))} if superior else {}, asking.directory
    )
    if not lifted or asking.initiator in lifted:
        # Nobody stands above: the top of the house decides its own business.
        return {asking.initiator: (*why, _l("发起人没有上级，由本人处理"))}
    return lifted


def _duplicates(
    node: Node, people: _Reasons, handled: Callable[[], frozenset[str]]
) -> tuple[tuple[str, str], ...]:
    asks_something = node.edit or node.require or node.opinion == "required"
    if node.kind != "approve" or node.duplicates == "none" or asks_something:
        return ()
    before = handled()
    adjacent = node.duplicates == "adjacent"
    why = _l("与上一节点处理人相同，自动通过") if adjacent else _l("此前已同意，自动通过")
    return tuple((code, why) for code in people if code in before)


def _assigned(people: _Reasons) -> tuple[Assigned, ...]:
    return tuple(Assigned(code, why) for code, why in people.items())
