"""An app made ready to run: entities, flows and rules compiled against the other installed apps."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from runtime.actions.action import CompiledRule
from runtime.engine.compiled_flow import CompiledFlow, compile_flow
from runtime.language.app import App
from runtime.language.entity import Entity
from runtime.language.expressions import Names, compile_expression
from runtime.language.flow import Flow
from runtime.language.graph import pair_joins
from runtime.packs.compile_rules import NamesOf, compile_rule
from runtime.records.compile_entity import compile_entity
from runtime.records.compiled import CompiledEntity
from runtime.records.rights import FieldRights, start_rights
from runtime.records.scope import names_of


@dataclass(frozen=True)
class CompiledApp:
    """One release of an app, ready to run. Shared by threads."""

    app: App
    #: By code.
    entities: Mapping[str, CompiledEntity]
    flows: Mapping[str, CompiledFlow]
    #: By code, those that the clock fires included.
    rules: Mapping[str, CompiledRule]
    #: Rules by (flow, moment), in the order written.
    moments: Mapping[tuple[str, str], tuple[CompiledRule, ...]]
    #: Tables that rules of a form's flows write single new records into, by form.
    creates: Mapping[str, tuple[str, ...]]
    #: Of who fills in the form to start a flow, by flow.
    start_rights: Mapping[str, FieldRights]

    def form_of(self, flow: str) -> CompiledEntity:
        """Return the form that a flow is about."""
        return self.entities[self.flows[flow].flow.form]


def compile_app(app: App, *, entities: Callable[[str], Entity | None]) -> CompiledApp:
    """Return `app` ready to run; `entities` finds those of other apps by "pack/entity".

    :raises ExpressionError: if an expression does not fit, which the lint would have told.
    """

    def known(path: str) -> Entity | None:
        pack, _, code = path.partition("/")
        return app.entity(code) if pack == app.code else entities(path)

    def names(path: str) -> Names:
        entity = known(path)
        if entity is None:
            raise LookupError(f"{app.code}: there is no {path}")
        return names_of(path.partition("/")[0], entity, entities=known)

    rules = {rule.code: compile_rule(app, rule, names_of=names) for rule in app.rules}
    moments: dict[tuple[str, str], tuple[CompiledRule, ...]] = {}
    for one in rules.values():
        if one.rule.flow and isinstance(one.rule.on, str):
            moment = (one.rule.flow, one.rule.on)
            moments[moment] = (*moments.get(moment, ()), one)
    compiled = {one.code: compile_entity(app, one, entities=known) for one in app.entities}
    return CompiledApp(
        app=app,
        entities=compiled,
        flows={flow.code: _flow(app, flow, names, frozenset(moments)) for flow in app.flows},
        rules=rules,
        moments=moments,
        creates={one.code: _created(app, one.code, rules.values()) for one in app.entities},
        start_rights={flow.code: start_rights(compiled[flow.form], flow.start) for flow in app.flows},
    )


def _created(app: App, form: str, rules: Iterable[CompiledRule]) -> tuple[str, ...]:
    flows = {flow.code for flow in app.flows if flow.form == form}
    found = (one for one in rules if one.rule.do == "create" and one.rule.flow in flows and not one.rule.each)
    return tuple(dict.fromkeys(one.table for one in found if one.table))


def _flow(app: App, flow: Flow, names: NamesOf, moments: frozenset[tuple[str, str]]) -> CompiledFlow:
    form = names(app.ref(flow.form))
    return compile_flow(
        app.code,
        flow,
        compile_condition=lambda source: compile_expression(source, names=form),
        joins=pair_joins(flow),
        listens=frozenset(on for code, on in moments if code == flow.code),
    )
