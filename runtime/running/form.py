"""Answers of a form: taken from what was posted, looked up, computed, checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from runtime.fields.serial_template import SerialTemplate, parse_template
from runtime.language.expressions import Env
from runtime.language.problem import Problem
from runtime.records.calculate import calculate
from runtime.records.check import check
from runtime.records.compiled import CompiledEntity, CompiledField
from runtime.records.defaults import defaults
from runtime.records.fill import Source, Wanted, chosen, refill, wanted
from runtime.records.parse import parse
from runtime.records.rights import FieldRights
from runtime.records.show import title
from runtime.running.context import Context
from runtime.running.lookups import resolved, sources
from runtime.store.serials import next_value


@dataclass(frozen=True, slots=True)
class Answers:
    """Computed values, and what stands against them."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form in one action: who fills it in, with which rights, at the start or at a node."""

    context: Context
    entity: CompiledEntity
    env: Env
    rights: FieldRights
    #: None at the start.
    node: str | None = None
    #: A record of a base table that is there already: what it refers to stays, whoever may pick it.
    stored: bool = False

    def blank(self) -> dict[str, Any]:
        """Return the values of a new record."""
        values = defaults(self.entity, env=self.env, reading=self.context.reading)
        return self._computed(values, submitting=False)

    def filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a blank record with the values that a rule gives it."""
        given = {**self.blank(), **resolved(self.context, self.entity, values)}
        return self._computed(given, submitting=False)

    def draft(self, posted: object, before: Mapping[str, Any]) -> Answers:
        """Return the answers as they are, incomplete maybe; only their types are checked."""
        values, problems, _ = self._taken(posted, before)
        return Answers(self._computed(values, submitting=False), problems)

    def live(self, posted: object, before: Mapping[str, Any]) -> Answers:
        """Return the answers computed while somebody types, with what the form's checks say so far."""
        values, problems, unfit = self._taken(posted, before)
        computed = self._computed(values, submitting=False)
        found = check(self.entity, computed, env=self.env, rights=self.rights, node=self.node)
        broken = tuple(one for one in found.problems if one.code not in ("required", "min_rows"))
        return Answers(computed, problems + unfit + broken, found.warnings)

    def final(self, posted: object, before: Mapping[str, Any]) -> Answers:
        """Return the answers as they are submitted, with everything that stands against it."""
        values, problems, unfit = self._taken(posted, before)
        computed = self._computed(values, submitting=self.node is None)
        found = check(self.entity, computed, env=self.env, rights=self.rights, node=self.node)
        return Answers(computed, problems + unfit + found.problems, found.warnings)

    def title(self, values: Mapping[str, Any]) -> str:
        """Return the record's title."""
        return title(self.entity, values, env=self.env.of(values))

    def numbered(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with serial numbers given to what has none yet; a number is never reused."""
        counters = self.counters(values)
        return self.with_counts(
            values, {code: next_value(self.context.tx, key) for code, key in counters.items()}
        )

    def counters(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the counter that each serial number still to be given is taken from, by field."""
        keys = counters(self.entity, self.env.ports.today())
        return {code: key for code, key in keys.items() if values.get(code) is None}

    def with_counts(self, values: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, Any]:
        """Return the values with the serial numbers that the counts make."""
        today = self.env.ports.today()
        made = {
            code: _template(self.entity.fields[code]).number(today, count=count)
            for code, count in counts.items()
        }
        return {**values, **made}

    def number(self, values: Mapping[str, Any]) -> str | None:
        """Return the number people quote: the first serial number of the form."""
        serials = (one.code for one in self.entity.fields.values() if one.field.type == "serial")
        found = values.get(next(serials, ""))
        return str(found) if found is not None else None

    def sources(self, asked: Iterable[Wanted]) -> dict[Wanted, Source | None]:
        """Return the rows that lookups refer to and the acting person may pick, with their true values."""
        return sources(self.context, asked, checked=True)

    def _taken(
        self, posted: object, before: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[Problem, ...], tuple[Problem, ...]]:
        """Return the values, what could not be read, and which lookups point to nothing one may choose."""
        taken = parse(
            self.entity,
            posted,
            before=before,
            editable=self.rights.editable,
            env=self.env,
            reading=self.context.reading,
        )
        opened = self.node is None and not self.stored
        only = None if opened else chosen(self.entity, taken.values, before=before)
        found = refill(
            self.entity,
            taken.values,
            before=before,
            found=self.sources(wanted(self.entity, taken.values, only=only)),
            typed=self.rights.editable,
            given=taken.given,
            env=self.env,
            only=only,
        )
        return found.values, taken.problems, found.problems

    def _computed(self, values: Mapping[str, Any], *, submitting: bool) -> dict[str, Any]:
        return calculate(self.entity, values, env=self.env.of(values), submitting=submitting)


@lru_cache(maxsize=1000)
def counters(entity: CompiledEntity, today: date) -> Mapping[str, str]:
    """Return the counter that each serial number of a new record is taken from, by field."""
    return {
        field.code: f"{entity.path}.{field.code}:{_template(field).period(today)}"
        for field in entity.fields.values()
        if field.field.type == "serial"
    }


def _template(field: CompiledField) -> SerialTemplate:
    return parse_template(str(field.field.options["template"]))
