"""Walk-throughs with a field renamed: what is given, filled in and expected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder.edits.renaming.plain import Change, each, every_key, every_value, texts, with_keys
from builder.edits.renaming.shapes import Renaming, Shape
from runtime.language.lint.stories import EXPECTED

_STARTED = ("submit", "save", "start")
_ENTERED = ("create", "edit", "delete", "open", "list")
#: Of `expect`: lists of paths, by person.
_SEEN = ("sees", "hidden", "masked")


def in_story(document: Mapping[str, Any], renaming: Renaming, *, check: str) -> Any:
    """Return a walk-through with the field renamed.

    `check` is the code that refusals of the field's own validations have, empty if it has none.
    """
    telling = _Telling(renaming, check)
    changes: dict[str, Change] = {
        "given": telling.given,
        "steps": each(telling.step),
        "expect": telling.expected,
    }
    # In the order told: what is expected at the end is of what the steps dealt with.
    made: Any = document
    for key in ("given", "steps", "expect"):
        made = with_keys(made, {key: changes[key]})
    return made


@dataclass
class _Telling:
    """A story so far."""

    renaming: Renaming
    check: str
    #: Entities that its steps have dealt with, and the form of each case.
    dealt: list[Shape] = field(default_factory=list)
    cases: dict[str, Shape | None] = field(default_factory=dict)
    #: What the last step was about.
    about: Shape | None = None

    def given(self, rows: Any) -> Any:
        """Return rows by table."""
        if not isinstance(rows, Mapping):
            return rows
        return with_keys(rows, {ref: each(self._values(self.renaming.shape(ref))) for ref in rows})

    def step(self, step: Any) -> Any:
        """Return one step."""
        if not isinstance(step, Mapping):
            return step
        self._meet(step)
        values = self._values(self.about)
        changes: dict[str, Change] = {"data": values, "files": values, "match": values}
        if self.check and self.renaming.is_of(self.about):
            changes["refused"] = texts(lambda code: self.renaming.new if code == self.check else code)
        return with_keys(with_keys(step, changes), {"expect": self.expected})

    def expected(self, expected: Any) -> Any:
        """Return what is expected of the case, of records and of people."""
        if not isinstance(expected, Mapping):
            return expected
        path = texts(self.renaming.in_path)
        changes: dict[str, Change] = {}
        own = self._owner() if self.renaming.is_of(self._owner()) else None
        for key in expected:
            if key in _SEEN and own:
                changes[key] = every_value(each(path))
            elif key == "changes" and own:
                changes[key] = every_key(self.renaming.in_path)
            elif key in EXPECTED:
                continue
            elif shape := self.renaming.shape(key):  # a table first, as when the story is played
                changes[key] = each(self._values(shape))
            elif own and own.has(key):
                changes[key] = self._value(key)
        made = with_keys(expected, changes)
        if own is None:
            return made
        names = {
            key: key if key in EXPECTED or self.renaming.shape(key) else self.renaming.in_path(key)
            for key in made
        }
        return made if all(key == name for key, name in names.items()) else _named(made, names)

    def _meet(self, step: Mapping[str, Any]) -> None:
        for key in _STARTED:
            if key in step:
                self.about = self.renaming.form_of(step[key])
                self.cases["" if not isinstance(step.get("case"), str) else step["case"]] = self.about
                self.cases[""] = self.about
        for key in _ENTERED:
            if key in step:
                self.about = self.renaming.shape(step[key])
        if "do" in step:
            case = step.get("case")
            self.about = self.cases.get(case if isinstance(case, str) else "", self.cases.get(""))
        if self.about is not None and self.about not in self.dealt:
            self.dealt.append(self.about)

    def _owner(self) -> Shape | None:
        """Return the entity whose fields are expected: what the step is about, else who has such a field."""
        if self.about is not None and self.about.has(self.renaming.path):
            return self.about
        return next((one for one in self.dealt if one.has(self.renaming.path)), None)

    def _values(self, shape: Shape | None) -> Change:
        """Return what renames the field in the values of a record."""
        if not self.renaming.is_of(shape):
            return lambda values: values

        def rewrite(values: Any) -> Any:
            if not isinstance(values, Mapping):
                return values
            if self.renaming.subtable:
                return with_keys(values, {key: self._value(key) for key in values})
            return every_key(self.renaming.in_path)(values)

        return rewrite

    def _value(self, code: str) -> Change:
        """Return what renames the column in the rows of the sub-table in question."""
        if not self.renaming.subtable or code != self.renaming.subtable:
            return lambda value: value
        return each(every_key(lambda key: self.renaming.new if key == self.renaming.old else key))


def _named(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names[key]: one for key, one in values.items()}
