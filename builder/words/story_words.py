"""Steps of a walk-through in words: who does what with which form, with what outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.rules.scope import flow_of
from builder.words.name_words import label_of
from builder.words.story_deeds import DEEDS, FLOW_DEEDS, HANDING, LEADING, STATES, TABLE_DEEDS, VIEWS
from builder.words.story_values import count_of, mapped, mapping_of, matched, several, shown, text_of
from runtime.language.entity import Entity
from runtime.language.field import Field
from runtime.language.flow import Flow
from runtime.language.lint.scope import Scope, field_at
from runtime.language.speech import _, listed

#: Values of one step that are listed; more are counted.
_MOST_VALUES = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One step: the deed, and what belongs to it."""

    text: str
    #: Values filled in, what is expected.
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class StoryWords:
    """The names that a walk-through uses."""

    scope: Scope
    #: Names of the people of the stage, by code.
    people: Mapping[str, str]

    def story(self, document: Mapping[str, Any]) -> Iterator[Told]:
        """Yield what a walk-through does, line by line; never fails."""
        given = mapping_of(document.get("given"))
        if given:
            yield Told(self.prepared(given))
        steps = document.get("steps")
        told = zip(self.steps(document), steps if isinstance(steps, list) else (), strict=True)
        yield from (line for line, one in told if isinstance(one, Mapping))
        flow = self._flows(document)[-1]
        expected = tuple(self._expected(mapping_of(document.get("expect")), self._entity({}), flow))
        if expected:
            yield Told(_("最后核对"), expected)

    def prepared(self, given: Mapping[str, Any]) -> str:
        """Return what stands in the tables before the first step."""
        rows = (
            _("“%(table)s”%(n)s 条", table=self._entity_name(ref), n=count_of(one))
            for ref, one in given.items()
        )
        return _("准备数据：%(tables)s", tables=listed(rows) or _("无"))

    def steps(self, document: Mapping[str, Any]) -> list[Told]:
        """Return the steps of a walk-through, as many as there are; what is none says nothing."""
        steps = document.get("steps")
        found = steps if isinstance(steps, list) else []
        flows = self._flows(document)[1:]
        return [
            self.step(one, flow) if isinstance(one, Mapping) else Told("")
            for one, flow in zip(found, flows, strict=True)
        ]

    def step(self, step: Mapping[str, Any], flow: Flow | None = None) -> Told:
        """Return one step; `flow` is the one whose case it is about, as far as that is known."""
        entity = self._entity(step)
        more = [*self._values(step, entity), *self._expected(mapping_of(step.get("expect")), entity, flow)]
        text = self._deed(step, flow).strip()
        if "clock" in step:
            clock = step["clock"]
            text = (
                _("时间到 %(moment)s，%(deed)s", moment=clock, deed=text)
                if text
                else _("时间到 %(moment)s", moment=clock)
            )
        if "refused" in step:
            code, rule = step["refused"], text_of(step.get("message"))
            more.append(
                _("应被拒绝（%(code)s），提示中有“%(message)s”", code=code, message=rule)
                if rule
                else _("应被拒绝（%(code)s）", code=code)
            )
        return Told(text or _("只核对"), tuple(more))

    def _flows(self, document: Mapping[str, Any]) -> list[Flow | None]:
        """Return the flow that each step is about: the one its case was begun with; before them None."""
        found: list[Flow | None] = [None]
        cases: dict[str, Flow | None] = {}
        steps = document.get("steps")
        for one in steps if isinstance(steps, list) else ():
            step = mapping_of(one)
            case = text_of(step.get("case"))
            begun = next((text_of(step[key]) for key in FLOW_DEEDS if key in step), "")
            flow = flow_of(self.scope, begun) if begun else cases.get(case, found[-1])
            cases[case] = flow
            found.append(flow)
        return found

    def _deed(self, step: Mapping[str, Any], flow: Flow | None) -> str:
        who = self._who(step.get("as"))
        for key, shape in FLOW_DEEDS.items():
            if key in step:
                found = flow_of(self.scope, text_of(step[key]))
                return _(shape, who=who, flow=(found.name if found else "") or step[key])
        for key, shape in TABLE_DEEDS.items():
            if key in step:
                table = self._entity_name(text_of(step[key]))
                return _(shape, who=who, table=table, which=matched(step))
        if "do" not in step:
            return ""
        deed, opinion = self._handled(step, who, flow), text_of(step.get("opinion"))
        return _("%(deed)s，意见“%(opinion)s”", deed=deed, opinion=opinion) if opinion else deed

    def _handled(self, step: Mapping[str, Any], who: str, flow: Flow | None) -> str:
        do, to, place = text_of(step["do"]), text_of(step.get("to")), text_of(step.get("at"))
        at = _("在“%(node)s”", node=self._node(place, flow)) if place else ""
        if to and do in LEADING:
            return _(LEADING[do], who=who, at=at, node=self._node(to, flow))
        if to and do in HANDING:
            return _(HANDING[do], who=who, at=at, whom=self._who(to))
        deed = (
            _(DEEDS[do], who=who, at=at)
            if do in DEEDS
            else _("%(who)s%(at)s%(deed)s", who=who, at=at, deed=step["do"])
        )
        return _("%(deed)s给%(whom)s", deed=deed, whom=self._who(to)) if to else deed

    def _values(self, step: Mapping[str, Any], entity: Entity | None) -> Iterator[str]:
        given = {**mapping_of(step.get("data")), **mapping_of(step.get("files"))}
        told = [self._pair(entity, str(code), value) for code, value in given.items()]
        if told:
            values = _("；").join(told[:_MOST_VALUES])
            if len(told) > _MOST_VALUES:
                yield _("填写：%(values)s 等 %(n)s 项", values=values, n=len(told))
            else:
                yield _("填写：%(values)s", values=values)

    def _expected(self, expect: Mapping[str, Any], entity: Entity | None, flow: Flow | None) -> Iterator[str]:
        for key, value in expect.items():
            match key:
                case "case":
                    state = text_of(value)
                    yield _(STATES[state]) if state in STATES else _("单据%(state)s", state=value)
                case "path":
                    path = " → ".join(self._node(text_of(one), flow) for one in several(value))
                    yield _("经过 %(path)s", path=path)
                case "task":
                    for node, people in mapping_of(value).items():
                        asked = listed(self._who(one) for one in several(people))
                        yield _("“%(node)s”在 %(people)s", node=self._node(str(node), flow), people=asked)
                case "unchanged":
                    tables = listed(self._entity_name(text_of(one)) for one in several(value))
                    yield _("不变：%(tables)s", tables=tables)
                case "hidden" | "sees" | "masked":
                    for person, fields in mapping_of(value).items():
                        named = listed(label_of(entity, str(one)) for one in several(fields))
                        yield _(VIEWS[key], who=self._who(person), fields=named)
                case "notices":
                    yield _("通知 %(n)s 条", n=count_of(value))
                case _ if self.scope.entity(str(key)) is not None and isinstance(value, list):
                    rows = _("；").join(self._row(str(key), one) for one in value)
                    yield _("“%(table)s”%(rows)s", table=self._entity_name(str(key)), rows=rows)
                case _:
                    yield self._pair(entity, str(key), value)

    def _row(self, ref: str, row: Any) -> str:
        entity = self.scope.entity(ref)
        pairs = (self._pair(entity, str(code), one) for code, one in mapping_of(row).items())
        return _("有（%(values)s）", values=_("，").join(pairs))

    def _pair(self, entity: Entity | None, code: str, value: Any) -> str:
        """Return a field and its value: labels of dictionaries, names of people."""
        found = field_at(entity, code) if entity else None
        kind = self.scope.type_of(self._pack(entity), found) if isinstance(found, Field) else None
        if kind is not None and kind.dictionary and (dictionary := self.scope.dictionary(kind.dictionary)):
            value = mapped(value, dictionary.labels())
        elif kind is not None and (kind.item or kind).kind == "user":
            value = mapped(value, self.people)
        return _("%(field)s %(value)s", field=label_of(entity, code), value=shown(value))

    def _pack(self, entity: Entity | None) -> str:
        apps = (self.scope.app, *self.scope.others.values())
        return next((app.code for app in apps if entity in app.entities), self.scope.app.code)

    def _who(self, code: Any) -> str:
        if code == "initiator":
            return _("发起人")
        slots = self.scope.app.manifest.slots
        named = next((one.name for one in slots if one.kind == "role" and one.code == code), "")
        return self.people.get(text_of(code), "") or named or text_of(code)

    def _node(self, code: str, own: Flow | None) -> str:
        for flow in (*([own] if own else []), *self.scope.app.flows):
            if code == "start":
                return flow.start.name
            for node in flow.nodes:
                if node.code == code:
                    return node.name or code
        return code

    def _entity(self, step: Mapping[str, Any]) -> Entity | None:
        for key in ("submit", "save", "start"):
            found = flow_of(self.scope, text_of(step[key])) if key in step else None
            if found is not None:
                return self.scope.entity(found.form)
        ref = next((text_of(step[key]) for key in TABLE_DEEDS if key in step), "")
        if ref:
            return self.scope.entity(ref)
        forms = [one for one in self.scope.app.entities if one.kind == "form"]
        return forms[0] if len(forms) == 1 else None

    def _entity_name(self, ref: str) -> str:
        found = self.scope.entity(ref) if ref else None
        return found.name if found else ref
