"""Flows: start, nodes, edges."""

from collections.abc import Mapping
from typing import Any

from marshmallow.exceptions import SCHEMA

from runtime.language.flow import Decide, Due, Edge, Flow, Lane, Node, Start
from runtime.language.schemas.compound import Listed, Nested, Table
from runtime.language.schemas.document import Document, vocabulary
from runtime.language.schemas.items import KEPT, Choice, Code, Formula, Item, Text, Truth, Whole
from runtime.language.schemas.source import SourceItem
from runtime.language.schemas.wrong import Wrong, meant, no_such_key, shown, wrong, wrong_type
from runtime.language.speech import _, listed

#: Keys that every node has.
COMMON = frozenset({"code", "kind", "name", "note"})
_NUMBERED: dict[str, tuple[int, int]] = {"count": (1, 1000), "percent": (1, 100)}


class DecideItem(Item):
    """`any`, `all`, `claim`, or `{count: 2}`, `{percent: 60}`."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Decide:
        if value in ("any", "all", "claim"):
            return Decide(value)
        if isinstance(value, Mapping) and len(value) == 1:
            rule, number = next(iter(value.items()))
            if rule in _NUMBERED:
                least, most = _NUMBERED[rule]
                return Decide(rule, Whole(least=least, most=most).deserialize(number))
        message = _("应为 claim、any、all、{count: 2} 或 {percent: 60}，实为%(found)s", found=shown(value))
        raise wrong("decide", message)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value.rule if value.number is None else {value.rule: value.number}


class DueSchema(Document):
    """The document form of a `Due`."""

    builds = Due
    minutes = Whole(least=1)
    hours = Whole(least=1)
    days = Whole(least=0)
    workdays = Whole(least=0)
    start = Text(data_key="from", attribute="start")
    remind = Listed(Whole(least=-10_000, most=10_000))
    then = Text()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole: it needs exactly one unit."""
        units = [unit for unit in ("minutes", "hours", "days", "workdays") if unit in original]
        if len(units) == 1:
            return super().faults(original)
        message = _("应写且只写 minutes、hours、days、workdays 之一")
        return super().faults(original) | {SCHEMA: [Wrong("due", message)]}


class StartSchema(Document):
    """The document form of a `Start`."""

    builds = Start
    name = Text(longest=200)
    who = Listed(SourceItem())
    edit = Listed(Text())
    hide = Listed(Text())
    require = Listed(Text())
    note = Text()


class NodeSchema(Document):
    """The document form of a `Node`; its kind says which keys it may have."""

    builds = Node
    code = Code(required=True, kept=KEPT | {"start"})
    kind = Text(required=True)
    name = Text(longest=200)
    assignees = Listed(SourceItem(), least=1)
    exclude_ = Listed(SourceItem(), data_key="exclude", attribute="exclude")
    decide = DecideItem()
    order = Choice("parallel", "serial")
    reject = Choice("veto", "vote")
    finish = Choice("early", "all")
    self_policy = Choice("superior", "self", "pass", data_key="self", attribute="self_policy")
    empty = Choice("admin", "block", "named", "pass", "reject")
    empty_to = Listed(SourceItem(), least=1)
    duplicates = Choice("adjacent", "none", "earlier")
    edit = Listed(Text())
    require = Listed(Text())
    hide = Listed(Text())
    opinion = Choice("required", "optional", "none")
    return_to = Listed(Text())
    resubmit = Choice("replay")
    on_reject = Text()
    due = Nested(DueSchema)
    terminate = Truth()
    actions = Listed(Text(), least=1)
    note = Text()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return an unknown kind, and keys that this kind has not."""
        kind = original.get("kind")
        word = vocabulary().nodes.get(kind) if isinstance(kind, str) else None
        if isinstance(kind, str) and (word is None or kind == "start"):
            return super().faults(original) | {"kind": [_unknown_kind(kind)]}
        found = super().faults(original)
        for key in original if word is not None else ():
            if key in self.keys and key not in COMMON and key not in word.keys:  # type: ignore[union-attr]
                found[key] = [Wrong("key_not_for_kind", no_such_key(word, key))]  # type: ignore[arg-type]
        if original.get("empty") == "named" and "empty_to" not in original:
            found["empty_to"] = [Wrong("missing", "")]
        return found


def _unknown_kind(kind: str) -> Wrong:
    if kind == "start":
        return Wrong("unknown_kind", _("发起节点写在 start: 下，不在 nodes 中"))
    known = [code for code in vocabulary().nodes.codes() if code != "start"]
    message = _(
        "没有节点类型 %(kind)s%(hint)s，可用 %(known)s",
        kind=kind,
        hint=meant(kind, known),
        known=listed(known),
    )
    return Wrong("unknown_kind", message)


class EdgeSchema(Document):
    """The document form of an `Edge`."""

    builds = Edge
    origin = Text(required=True, data_key="from", attribute="origin")
    to = Text(required=True)
    when = Formula()
    default = Truth()
    outcome = Choice("approved", "rejected")
    label = Text(longest=200)
    note = Text()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole: a default edge has no condition."""
        found = super().faults(original)
        if original.get("default") is True and "when" in original:
            found["when"] = [Wrong("not_allowed", _("默认分支不能再写条件"))]
        return found


class Point(Item):
    """Two whole numbers on the canvas."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> tuple[int, int]:
        if not isinstance(value, list) or [type(one) for one in value] != [int, int]:
            raise wrong_type(_("应为两个整数 [横, 纵]，实为%(found)s", found=shown(value)))
        return (value[0], value[1])

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return list(value)


class LaneSchema(Document):
    """The document form of a `Lane`."""

    builds = Lane
    code = Code(required=True)
    name = Text(required=True, longest=200)
    height = Whole(least=60, most=10_000)


class FlowSchema(Document):
    """The document form of a `Flow`."""

    builds = Flow
    code = Code(required=True)
    name = Text(required=True, longest=200)
    note = Text()
    form = Text(required=True)
    withdraw = Choice("untouched", "until_end")
    start = Nested(StartSchema, required=True)
    nodes = Listed(Nested(NodeSchema), required=True, least=1, distinct="code")
    edges = Listed(Nested(EdgeSchema), required=True, least=1)
    lanes = Listed(Nested(LaneSchema), distinct="code")
    picture = Table(Point())
