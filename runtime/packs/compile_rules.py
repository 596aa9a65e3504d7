"""Rules made ready to run: every expression compiled against the names it may see."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from runtime.actions.action import CompiledRule, Formula
from runtime.language.app import App
from runtime.language.expressions import Compiled, Names, compile_expression, compile_template, parse_template
from runtime.language.rule import Rule

#: Names of an entity by "pack/entity".
NamesOf = Callable[[str], Names]


def compile_rule(app: App, rule: Rule, *, names_of: NamesOf) -> CompiledRule:
    """Return the rule with its expressions compiled.

    The lint has found every expression legal; what fails here is a bug or a table that went missing.

    :raises ExpressionError: if an expression does not fit the names.
    """
    table = app.ref(rule.table) if rule.table else None
    names = replace(names_of(_trigger(app, rule)), old=names_of(table) if table else None, row=rule.each)
    message = compile_template(parse_template(rule.message), names=names) if rule.message else None
    when = _compiled(rule.when, names)
    return CompiledRule(
        rule=rule,
        table=table,
        when=when.evaluate if when else None,
        where=_formula(rule.where, names),
        guard=_formula(rule.guard, names),
        match=_formulas(rule.match, names),
        set=_formulas(rule.set, names),
        add=_formulas(rule.add, names),
        subtract=_formulas(rule.subtract, names),
        message=message.render if message else None,
        when_reads_old=bool(when and when.references.old),
    )


def _trigger(app: App, rule: Rule) -> str:
    """Return the entity whose record fires the rule: the flow's form, or the source of an alert."""
    if rule.source:
        return app.ref(rule.source)
    flow = app.flow(rule.flow or "")
    if flow is None:
        raise LookupError(f"{app.code}: rule {rule.code} names neither a flow nor a source")
    return app.ref(flow.form)


def _compiled(source: str | None, names: Names) -> Compiled | None:
    return compile_expression(source, names=names) if source else None


def _formula(source: str | None, names: Names) -> Formula | None:
    found = _compiled(source, names)
    return found.evaluate if found else None


def _formulas(sources: Mapping[str, str], names: Names) -> dict[str, Formula]:
    return {column: compile_expression(source, names=names).evaluate for column, source in sources.items()}
