"""Steps of a walk-through in words: who does what with which form, with what outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.rules.scope import flow_of
from builder.words.name_words import label_of
from builder.words.story_deeds import DEEDS, FLOW_DEEDS, STATES, TABLE_DEEDS
from runtime.language.entity import Entity
from runtime.language.field import Field
from runtime.language.flow import Flow
from runtime.language.lint.scope import Scope, field_at

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
        given = _mapping(document.get("given"))
        if given:
            yield Told(self.prepared(given))
        steps = document.get("steps")
        told = zip(self.steps(document), steps if isinstance(steps, list) else (), strict=True)
        yield from (line for line, one in told if isinstance(one, Mapping))
        flow = self._flows(document)[-1]
        expected = tuple(self._expected(_mapping(document.get("expect")), self._entity({}), flow))
        if expected:
            yield Told("最后核对", expected)

    def prepared(self, given: Mapping[str, Any]) -> str:
        """Return what stands in the tables before the first step."""
        rows = (f"“{self._entity_name(ref)}”{_count(one)} 条" for ref, one in given.items())
        return f"准备数据：{'、'.join(rows) or '无'}"

    def steps(self, document: Mapping[str, Any]) -> list[Told]:
        """Return the steps of a walk-through, as many as there are; what is none says nothing."""
        steps = document.get("steps")
        listed = steps if isinstance(steps, list) else []
        flows = self._flows(document)[1:]
        return [
            self.step(one, flow) if isinstance(one, Mapping) else Told("")
            for one, flow in zip(listed, flows, strict=True)
        ]

    def step(self, step: Mapping[str, Any], flow: Flow | None = None) -> Told:
        """Return one step; `flow` is the one whose case it is about, as far as that is known."""
        who, entity = self._who(step.get("as")), self._entity(step)
        more = [*self._values(step, entity), *self._expected(_mapping(step.get("expect")), entity, flow)]
        deed = self._deed(step, flow)
        text = f"{who}{deed}" if deed else "只核对" if "clock" not in step else ""
        if "clock" in step:
            text = f"时间到 {step['clock']}{'，' if text else ''}{text}"
        if "refused" in step:
            rule = _text(step.get("message"))
            more.append(f"应被拒绝（{step['refused']}）{f'，提示中有“{rule}”' if rule else ''}")
        return Told(text or "只核对", tuple(more))

    def _flows(self, document: Mapping[str, Any]) -> list[Flow | None]:
        """Return the flow that each step is about: the one its case was begun with; before them None."""
        found: list[Flow | None] = [None]
        cases: dict[str, Flow | None] = {}
        steps = document.get("steps")
        for one in steps if isinstance(steps, list) else ():
            step = _mapping(one)
            case = _text(step.get("case"))
            begun = next((_text(step[key]) for key in FLOW_DEEDS if key in step), "")
            flow = flow_of(self.scope, begun) if begun else cases.get(case, found[-1])
            cases[case] = flow
            found.append(flow)
        return found

    def _deed(self, step: Mapping[str, Any], flow: Flow | None) -> str:
        for key, word in FLOW_DEEDS.items():
            if key in step:
                found = flow_of(self.scope, _text(step[key]))
                return f"{word}“{(found.name if found else '') or step[key]}”"
        for key, word in TABLE_DEEDS.items():
            if key in step:
                return f"{word}“{self._entity_name(_text(step[key]))}”{self._matched(step)}"
        if "do" not in step:
            return ""
        place = _text(step.get("at"))
        said = f"在“{self._node(place, flow)}”" if place else ""
        to = _text(step.get("to"))
        opinion = _text(step.get("opinion"))
        leads = step["do"] in ("return", "jump")
        goal = f"到“{self._node(to, flow)}”" if leads else f"给{self._who(to)}"
        goal = goal if to else ""
        return (
            f"{said}{DEEDS.get(_text(step['do']), step['do'])}{goal}{f'，意见“{opinion}”' if opinion else ''}"
        )

    def _values(self, step: Mapping[str, Any], entity: Entity | None) -> Iterator[str]:
        given = {**_mapping(step.get("data")), **_mapping(step.get("files"))}
        told = [self._pair(entity, str(code), value) for code, value in given.items()]
        if told:
            rest = f" 等 {len(told)} 项" if len(told) > _MOST_VALUES else ""
            yield f"填写：{'；'.join(told[:_MOST_VALUES])}{rest}"

    def _expected(self, expect: Mapping[str, Any], entity: Entity | None, flow: Flow | None) -> Iterator[str]:
        for key, value in expect.items():
            match key:
                case "case":
                    yield f"单据{STATES.get(_text(value), value)}"
                case "path":
                    yield f"经过 {' → '.join(self._node(_text(one), flow) for one in _listed(value))}"
                case "task":
                    for node, people in _mapping(value).items():
                        asked = "、".join(self._who(one) for one in _listed(people))
                        yield f"“{self._node(str(node), flow)}”在 {asked}"
                case "unchanged":
                    yield f"不变：{'、'.join(self._entity_name(_text(one)) for one in _listed(value))}"
                case "hidden" | "sees" | "masked":
                    word = {"hidden": "看不到", "sees": "看得到", "masked": "只见掩码"}[key]
                    for person, fields in _mapping(value).items():
                        named = (label_of(entity, str(one)) for one in _listed(fields))
                        yield f"{self._who(person)}{word} {'、'.join(named)}"
                case "notices":
                    yield f"通知 {_count(value)} 条"
                case _ if self.scope.entity(str(key)) is not None and isinstance(value, list):
                    rows = "；".join(self._row(str(key), one) for one in value)
                    yield f"“{self._entity_name(str(key))}”{rows}"
                case _:
                    yield self._pair(entity, str(key), value)

    def _row(self, ref: str, row: Any) -> str:
        entity = self.scope.entity(ref)
        pairs = (self._pair(entity, str(code), one) for code, one in _mapping(row).items())
        return f"有（{'，'.join(pairs)}）"

    def _pair(self, entity: Entity | None, code: str, value: Any) -> str:
        """Return a field and its value: labels of dictionaries, names of people."""
        found = field_at(entity, code) if entity else None
        kind = self.scope.type_of(self._pack(entity), found) if isinstance(found, Field) else None
        if kind is not None and kind.dictionary and (dictionary := self.scope.dictionary(kind.dictionary)):
            value = _mapped(value, dictionary.labels())
        elif kind is not None and (kind.item or kind).kind == "user":
            value = _mapped(value, self.people)
        return f"{label_of(entity, code)} {_shown(value)}"

    def _pack(self, entity: Entity | None) -> str:
        apps = (self.scope.app, *self.scope.others.values())
        return next((app.code for app in apps if entity in app.entities), self.scope.app.code)

    def _matched(self, step: Mapping[str, Any]) -> str:
        match = _mapping(step.get("match"))
        return f"（{'，'.join(_shown(one) for one in match.values())}）" if match else ""

    def _who(self, code: Any) -> str:
        if code == "initiator":
            return "发起人"
        slots = self.scope.app.manifest.slots
        named = next((one.name for one in slots if one.kind == "role" and one.code == code), "")
        return self.people.get(_text(code), "") or named or _text(code)

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
            found = flow_of(self.scope, _text(step[key])) if key in step else None
            if found is not None:
                return self.scope.entity(found.form)
        ref = next((_text(step[key]) for key in TABLE_DEEDS if key in step), "")
        if ref:
            return self.scope.entity(ref)
        forms = [one for one in self.scope.app.entities if one.kind == "form"]
        return forms[0] if len(forms) == 1 else None

    def _entity_name(self, ref: str) -> str:
        found = self.scope.entity(ref) if ref else None
        return found.name if found else ref


def _mapped(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value, or each of a list, by its name."""
    if isinstance(value, list):
        return [_mapped(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 1


def _shown(value: Any) -> str:
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, Mapping)]
        return f"{len(rows)} 行" if rows else "、".join(map(str, value))
    return str(value)
