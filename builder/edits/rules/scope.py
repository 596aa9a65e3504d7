"""What a rule of a draft is about: the flow or table that fires it, the table it writes, what it may name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from builder.edits.documents import Documents
from builder.edits.loadable import loadable
from builder.edits.scopes import Standpoint, standpoint
from runtime.language.app import App
from runtime.language.entity import Entity
from runtime.language.flow import Flow
from runtime.language.lint.scope import Scope
from runtime.language.parts import part_of
from runtime.language.rule import Rule
from runtime.packs.vocabulary import VOCABULARY

_KINDS = ("manifest", "dictionary", "form", "table", "flow")


def rule_scope(documents: Documents, others: Mapping[str, App]) -> Scope:
    """Return the names of a draft with its flows, as far as it can be read, beside the installed apps."""
    wanted = {file: one for file, one in documents.items() if (part := part_of(file)) and part.kind in _KINDS}
    app, _ = loadable(wanted)
    if app is None:  # nothing at all can be read: no names
        app, _ = loadable({})
    assert app is not None
    return Scope(app, {code: one for code, one in others.items() if code != app.code}, VOCABULARY)


def flow_of(scope: Scope, ref: str) -> Flow | None:
    """Return a flow by its bare or full name."""
    path = scope.app.ref(ref)
    owner = scope.app_of(path)
    return owner.flow(path.partition("/")[2]) if owner else None


@dataclass(frozen=True)
class About:
    """A rule among the objects it names; what is not there (yet) is None."""

    scope: Scope
    rule: Rule

    @cached_property
    def flow(self) -> Flow | None:
        """The flow that fires it."""
        return flow_of(self.scope, self.rule.flow) if self.rule.flow else None

    @cached_property
    def trigger_ref(self) -> str:
        """The entity whose record fires it, as its expressions' scope names it; empty if unknown."""
        return self.rule.source or (self.flow.form if self.flow else "")

    @cached_property
    def trigger(self) -> Entity | None:
        """The entity whose record fires it."""
        return self.scope.entity(self.trigger_ref) if self.trigger_ref else None

    @cached_property
    def target_ref(self) -> str:
        """The entity it writes: its table, or the form of the flow it starts; empty if none."""
        if self.rule.table:
            return self.rule.table
        started = flow_of(self.scope, self.rule.start) if self.rule.start else None
        if started is None:
            return ""
        pack = self.scope.app.ref(self.rule.start or "").partition("/")[0]
        return started.form if pack == self.scope.app.code else f"{pack}/{started.form}"

    @cached_property
    def target(self) -> Entity | None:
        """The entity it writes."""
        return self.scope.entity(self.target_ref) if self.target_ref else None

    @cached_property
    def place(self) -> str:
        """The scope of its expressions, as inputs carry it (`builder.edits.scopes`)."""
        return f"{'alert' if self.rule.source else 'rule'}:{self._rest}"

    @cached_property
    def message_place(self) -> str:
        """The scope of its message."""
        return f"{'alert_template' if self.rule.source else 'template'}:{self._rest}"

    @cached_property
    def at(self) -> Standpoint:
        """What its expressions may name."""
        return standpoint(self.scope, self.place)

    @cached_property
    def _rest(self) -> str:
        parts = [self.trigger_ref, self.rule.table or ""]
        return ":".join([*parts, self.rule.each] if self.rule.each else parts)
