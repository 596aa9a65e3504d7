"""Business rules."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow.exceptions import SCHEMA

from runtime.language.rule import Rule, TimeTrigger
from runtime.language.schemas.compound import Listed, Table
from runtime.language.schemas.document import Document, shared, vocabulary
from runtime.language.schemas.items import Choice, Code, Formula, Item, Ref, Text, Whole
from runtime.language.schemas.source import SourceItem
from runtime.language.schemas.wrong import Wrong, meant, no_such_key, shown, wrong, wrong_type
from runtime.language.speech import _, listed

#: Moments of a case, and of a record of a table.
MOMENTS = ("submitted", "returned", "withdrawn", "approved", "rejected", "terminated")
CHANGES = ("created", "updated", "deleted")
_AT_NODE = re.compile(r"node\.[a-z][a-z0-9_]*\.(entered|done|approved|rejected|timeout)")
#: Ways to reach people; one that an installation has not bound is recorded as skipped.
CHANNELS = ("inbox", "im", "mobile", "sms", "email", "wechat", "dingtalk", "portal")
#: Keys that every rule has, whatever it does.
COMMON = frozenset({"code", "name", "note", "on", "flow", "source", "when", "do", "message"})


class Clock(Text):
    """A time of day, `08:30`."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        text: str = super()._deserialize(value)
        if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", text):
            raise wrong("time", _('应为时刻，如 "08:30"，实为%(found)s', found=shown(text)))
        return text


class TimeTriggerSchema(Document):
    """The document form of a `TimeTrigger`."""

    builds = TimeTrigger
    daily = Clock()
    weekly = Text()
    monthly = Text()
    every = Text()
    before = Text()
    after = Text()
    days = Listed(Whole(most=3650), least=1)
    at = Clock()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole: it needs exactly one kind of time."""
        found = super().faults(original)
        kinds = [key for key in ("daily", "weekly", "monthly", "every", "before", "after") if key in original]
        if len(kinds) != 1:
            message = _("应写且只写 daily、weekly、monthly、every、before、after 之一")
            found[SCHEMA] = [Wrong("trigger", message)]
        elif kinds[0] in ("before", "after") and "days" not in original:
            found["days"] = [Wrong("missing", "")]
        return found


class Trigger(Item):
    """When a rule fires."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str | TimeTrigger:
        if isinstance(value, Mapping):
            trigger: TimeTrigger = shared(TimeTriggerSchema).load(value)
            return trigger
        if not isinstance(value, str):
            raise wrong_type(_("应为触发时机，实为%(found)s", found=shown(value)))
        if value not in MOMENTS + CHANGES and not _AT_NODE.fullmatch(value):
            known = (*MOMENTS, *CHANGES, _("node.<节点>.done"))
            message = _(
                "没有触发时机 %(name)s%(hint)s，可用 %(known)s",
                name=value,
                hint=meant(value, known),
                known=listed(known),
            )
            raise wrong("unknown_trigger", message)
        return value

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return value if isinstance(value, str) else shared(TimeTriggerSchema).dump(value)


class RuleSchema(Document):
    """The document form of a `Rule`; what it does says which keys it may have."""

    builds = Rule
    code = Code(required=True)
    name = Text(longest=200)
    on = Trigger(required=True)
    flow = Ref()
    source = Ref()
    when = Formula()
    do = Text(required=True)
    table = Ref()
    each = Text()
    match = Table(Formula())
    where = Formula()
    set = Table(Formula())
    add = Table(Formula())
    subtract = Table(Formula())
    guard = Formula()
    rows = Choice("one", "some", "any")
    start = Ref()
    initiator = SourceItem()
    to = Listed(SourceItem(), least=1)
    channels = Listed(Choice(*CHANNELS))
    repeat_days = Whole(least=1, most=3650)
    message = Text()
    note = Text()

    def extra_keys(self, original: Mapping[str, Any]) -> frozenset[str]:
        """Return what only this action knows."""
        word = vocabulary().actions.get(str(original.get("do")))
        return word.keys - self.keys if word else frozenset()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return an unknown action, keys that it has not or lacks, and a missing or double trigger."""
        found = super().faults(original)
        if ("flow" in original) == ("source" in original):
            message = _("应写且只写 flow（流程）和 source（表）之一，说明由谁触发")
            found[SCHEMA] = [Wrong("trigger", message)]
        do = original.get("do")
        word = vocabulary().actions.get(do) if isinstance(do, str) else None
        if word is None:
            return found | ({"do": [_unknown_action(do)]} if isinstance(do, str) else {})
        for key in self.keys & original.keys() - COMMON - word.keys:
            found[key] = [Wrong("key_not_for_action", no_such_key(word, key))]
        for key in word.required:
            if key not in original:
                found[key] = [Wrong("missing", "")]
            elif original[key] in ({}, [], ""):
                found[key] = [Wrong("empty", _("这里没有填写内容"))]
        return found

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Rule:
        """Return the rule with what only its action knows in `options`."""
        extra = self.extra_keys(original)
        return Rule(**data, options={key: original[key] for key in original if key in extra})

    def written(self, data: dict[str, Any], original: Rule) -> dict[str, Any]:
        """Return the document with the action's own keys before the message."""
        data = super().written(data, original)
        last: dict[str, Any] = {key: data.pop(key) for key in ("message", "note") if key in data}
        return {**data, **original.options, **last}


def _unknown_action(do: str) -> Wrong:
    known = vocabulary().actions.codes()
    message = _(
        "没有动作 %(name)s%(hint)s，可用 %(known)s", name=do, hint=meant(do, known), known=listed(known)
    )
    return Wrong("unknown_action", message)
