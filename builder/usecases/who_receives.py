"""Who would get the work of a node if somebody started the flow today ("谁会收到")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from builder.edits.documents import find
from builder.store import drafts
from builder.usecases.designing import designer
from runtime.assignees import SOURCES
from runtime.assignees.source import Asking
from runtime.engine.resolve import NobodyFound, resolve
from runtime.language.directory import Directory
from runtime.language.flow import Node, Source
from runtime.language.graph import START
from runtime.language.kept_speech import said
from runtime.language.parts import MANIFEST
from runtime.language.refusal import Conflict, NotFound
from runtime.language.schemas.document import reading_with, shared
from runtime.language.schemas.flow import NodeSchema
from runtime.language.speech import _
from runtime.nodes.picture import items
from runtime.packs.vocabulary import VOCABULARY
from runtime.running.context import Clock
from runtime.store.reading import reading
from runtime.store.session import Session

_SLOTS = ("role", "department", "post", "user")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who would get it, and why."""

    name: str
    department: str
    because: tuple[str, ...]
    #: The policy that would pass the task without them; empty if they have to act.
    passed: str = ""


@dataclass(frozen=True, slots=True)
class Receivers:
    """Everybody who would get a node's work."""

    people: tuple[Receiver, ...] = ()
    #: What happens where nobody gets it: a policy decides, or the flow stops.
    instead: str = ""
    #: What cannot be known before the case: fields of the form, the handler before, slots nobody has bound.
    open: tuple[str, ...] = ()


def who_receives(
    *, session: Session, clock: Clock, actor: int, app: str, flow: str, node: str, initiator: str
) -> Receivers:
    """Return who would get the work of a node of the draft, policies of the node included.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app, flow, node or initiator.
    :raises Conflict: if the node is not finished enough to ask.
    """
    del clock
    with reading(session) as tx:
        who = designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        found = find(draft.documents, "flow", flow) if draft else None
        if draft is None or found is None:
            raise NotFound("no_such_flow", _("没有流程“%(flow)s”。", flow=flow))
        person = who.directory.person(initiator)
        if person is None or not person.active:
            raise NotFound("no_such_person", _("请选择一位在职的发起人。"))
        if node == START:
            return Receivers(tuple(_people(who.directory, [(initiator, (_("流程发起人"),))], {})))
        asked = _node(next((one for one in items(found.document, "nodes") if one.get("code") == node), None))
        manifest = draft.documents.get(MANIFEST)
        slots = {
            str(one.get("code")): (str(one.get("kind")), str(one.get("name")))
            for one in (items(manifest, "slots") if isinstance(manifest, Mapping) else ())
        }
        return _received(asked, who.directory, app, initiator, slots)


def _node(document: Any) -> Node:
    if document is None:
        raise NotFound("no_such_node", _("没有这个节点。"))
    try:
        with reading_with(VOCABULARY):
            node: Node = shared(NodeSchema).load(document)
    except ValidationError:
        told = _("这个节点还没有设置完整，暂时无法推算处理人。")
        raise Conflict("not_finished", told) from None
    return node


def _received(
    node: Node, directory: Directory, app: str, initiator: str, slots: Mapping[str, tuple[str, str]]
) -> Receivers:
    # The initiator submitted last: whoever comes next has them as the handler before.
    asking = Asking(directory, app, initiator, (initiator,), lambda _path: None)
    unknown = tuple(dict.fromkeys(_open(node, directory, app, slots)))
    try:
        found = resolve(node, asking, handled=frozenset)
    except NobodyFound as error:
        return Receivers(instead=error.message, open=unknown)
    people = [(one.person, one.because) for one in found.people]
    instead = said(found.because) if found.outcome else _("没有人需要知会。") if not people else ""
    return Receivers(tuple(_people(directory, people, dict(found.passed))), instead, unknown)


def _people(
    directory: Directory, people: list[tuple[str, tuple[str, ...]]], passed: Mapping[str, str]
) -> Iterator[Receiver]:
    for code, because in people:
        person = directory.person(code)
        department = directory.departments.get(person.department or "") if person else None
        name = person.name if person else code
        yield Receiver(
            name, department.name if department else "", tuple(map(said, because)), said(passed.get(code, ""))
        )


def _open(node: Node, directory: Directory, app: str, slots: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for source in (*node.assignees, *node.exclude, *node.empty_to):
        yield from _open_in(source, directory, app, slots)


def _open_in(
    source: Source, directory: Directory, app: str, slots: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    word = SOURCES.require(source.kind)
    of = str(source.of)
    if "previous" in (source.kind, source.of):
        yield _("“上一节点处理人”要到办理时才知道，这里按发起人推算。")
    elif "field" in word.of or ("person" in word.of and of != "initiator"):
        yield _("取决于单据字段“%(field)s”的内容，这里按空值推算。", field=of)
    elif kind := next((one for one in _SLOTS if one in word.of), ""):
        known = {"role": directory.roles, "department": directory.departments, "post": directory.posts}
        there = directory.bound(app, of) in known.get(kind, directory.people)
        if not there and f"{app}/{of}" not in directory.slots:
            yield _not_bound(kind, slots.get(of, ("", of))[1])


def _not_bound(kind: str, name: str) -> str:
    match kind:
        case "role":
            return _("角色“%(name)s”还没有绑定到实际的角色。", name=name)
        case "department":
            return _("部门“%(name)s”还没有绑定到实际的部门。", name=name)
        case "post":
            return _("岗位“%(name)s”还没有绑定到实际的岗位。", name=name)
        case _other:
            return _("人员“%(name)s”还没有绑定到实际的人员。", name=name)
