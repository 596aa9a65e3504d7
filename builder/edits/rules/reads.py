"""What the expressions of a rule read: fields of its record and rows, and other tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from builder.edits.rules.scope import About
from runtime.language.expressions import ExpressionError, References, parse, parse_template, references
from runtime.language.field import Field
from runtime.language.lint.scope import field_at


@dataclass(frozen=True, slots=True)
class Read:
    """A field, or a column of a sub-table."""

    #: `amount`, `items.qty`.
    path: str
    label: str
    field: Field


@dataclass(frozen=True, slots=True)
class Reads:
    """All that a rule reads."""

    values: tuple[Read, ...]
    #: Whether it looks into other tables than its target.
    tables: bool


def reads_of(about: About) -> Reads:
    """Return what a rule reads; expressions that are none read nothing."""
    found = list(_references(about))
    paths = dict.fromkeys(path for one in found for path in _paths(about, one))
    values = []
    for path in paths:
        field = field_at(about.trigger, path) if about.trigger else None
        if isinstance(field, Field):
            owner = field_at(about.trigger, path.partition(".")[0]) if about.trigger and "." in path else None
            label = f"{owner.label} › {field.label}" if owner else field.label
            values.append(Read(path, label, field))
    return Reads(tuple(values), any(one.tables for one in found))


def _references(about: About) -> Iterator[References]:
    rule, names = about.rule, about.at.names
    groups = (rule.match, rule.set, rule.add, rule.subtract)
    sources = [one for group in groups for one in group.values()]
    for source in (*sources, rule.when or "", rule.where or "", rule.guard or ""):
        try:
            if source:
                yield references(parse(source), names=names)
        except ExpressionError:
            continue
    try:
        for hole in parse_template(rule.message).holes:
            yield references(hole.tree, names=names)
    except ExpressionError:
        return


def _paths(about: About, found: References) -> Iterator[str]:
    yield from sorted(found.fields)
    yield from (f"{rows}.{column}" for rows, column in sorted(found.columns) if column != "*")
    if about.rule.each:
        yield from (f"{about.rule.each}.{column}" for column in sorted(found.row))
