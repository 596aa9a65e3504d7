"""What an expression may name where it stands in a draft, by a word that its input carries.

`entity:<code>`, `row:<code>.<sub-table>`, `view:<code>` (what a database can test), `template:<code>` (a text
with holes), `lookup:<code>.<field>` and `lookup:<code>.<sub-table>.<field>` (columns of the source; `form.*`
is ours), `rule:<trigger>:<target>` and `rule:<trigger>:<target>:<sub-table>`. `alert:` instead of `rule:` is
one that a table fires, where the case of a form has names too; `template:<trigger>:<target>:<sub-table>` is
the message of a rule, `alert_template:` that of one that a table fires.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from builder.edits.documents import Documents
from builder.edits.loadable import entities_of, loadable
from runtime.language.app import App
from runtime.language.entity import Entity
from runtime.language.expressions import Names
from runtime.language.field import Field
from runtime.language.lint.scope import Scope, field_at
from runtime.packs.vocabulary import VOCABULARY

#: Characters of the longest scope that is looked at.
LONGEST = 300


@dataclass(frozen=True)
class Standpoint:
    """A place of expressions: the names in scope, and the entities whose fields they are."""

    scope: Scope
    names: Names
    #: Whose fields stand without a word before them.
    entity: Entity | None = None
    #: `form.*`: the record being filled in, where bare names are a source's columns.
    form: Entity | None = None
    #: `old.*`: the row that a rule writes to.
    target: Entity | None = None
    #: Only what a database can test.
    subset: bool = False
    #: A text with `{expression}` holes.
    template: bool = False

    @property
    def row(self) -> str | None:
        """The sub-table whose row is at hand."""
        return self.names.row

    def row_owner(self) -> Entity | None:
        """Return the entity whose sub-table `row` is of."""
        mine = self.form is not None and self.names.rows_owner() is self.names.form
        return self.form if mine else self.entity


def scope_of(documents: Documents, others: Mapping[str, App]) -> Scope:
    """Return the names of a draft as far as it can be read, beside the installed apps."""
    app, _ = loadable(entities_of(documents))
    if app is None:  # nothing at all can be read: no names
        app, _ = loadable({})
    assert app is not None
    rest = {code: one for code, one in others.items() if code != app.code}
    return Scope(app, rest, VOCABULARY)


def standpoint(scope: Scope, place: str) -> Standpoint:
    """Return what may be named at a place; what the draft has not (any more) has no names."""
    word, _, rest = place[:LONGEST].partition(":")
    match word:
        case "rule" | "alert":
            return _rule(scope, rest, alert=word == "alert")
        case "lookup":
            return _lookup(scope, rest)
        case "row":
            code, _, subtable = rest.rpartition(".")
            return _with_row(_plain(scope, code), subtable)
        case "template" | "alert_template":
            alert = word == "alert_template"
            found = _rule(scope, rest, alert=alert) if ":" in rest else _plain(scope, rest)
            return replace(found, template=True)
    return replace(_plain(scope, rest), subset=word == "view")


def _plain(scope: Scope, ref: str) -> Standpoint:
    return Standpoint(scope, scope.names(ref), scope.entity(ref))


def _with_row(found: Standpoint, subtable: str) -> Standpoint:
    known = found.entity is not None and found.entity.subtable(subtable) is not None
    return replace(found, names=replace(found.names, row=subtable)) if known else found


def _lookup(scope: Scope, rest: str) -> Standpoint:
    code, _, path = rest.partition(".")
    form = scope.entity(code)
    pointer = field_at(form, path) if form else None
    source = pointer.options.get("from") if isinstance(pointer, Field) else None
    if not isinstance(source, str):
        return Standpoint(scope, Names(form=scope.names(code)), form=form, subset=True)
    ours = scope.names(code)
    if "." in path:
        ours = replace(ours, row=path.partition(".")[0])
    columns = replace(scope.names(source), form=ours, row=ours.row, lookups={}, subtables={})
    return Standpoint(scope, columns, scope.entity(source), form=form, subset=True)


def _rule(scope: Scope, rest: str, *, alert: bool) -> Standpoint:
    trigger, target, subtable, *_ = [*rest.split(":"), "", "", ""]
    found = _with_row(_plain(scope, trigger), subtable)
    old = scope.names(target) if target and scope.entity(target) else None
    is_form = found.entity is not None and found.entity.kind == "form"
    names = replace(found.names, old=old, flow=alert and is_form)
    return replace(found, names=names, target=scope.entity(target) if target else None)
