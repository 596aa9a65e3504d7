"""What is written into a column, in words: a label of its dictionary where the value is one of its codes."""

from builder.edits.expression_source import SUM, rank_of
from builder.words.expression_words import words_of
from builder.words.name_words import SCOPE_WORDS, Labels
from runtime.language.expressions import Checked, ExpressionError, Type, check, parse
from runtime.language.expressions.tree import Call, Literal, Name, Node

#: How expressions call the row that is written.
OLD = SCOPE_WORDS["old"]


def value_words(source: str, labels: Labels, column: Type | None) -> str:
    """Return what an expression gives, as the column it goes into reads it; never fails."""
    try:
        tree = parse(source)
    except ExpressionError:
        return f"「{source}」" if source.strip() else "（未填）"
    return _said(tree.root, check(tree, names=labels.at.names), labels, column)


def _said(node: Node, checked: Checked, labels: Labels, column: Type | None) -> str:
    match node:
        case Literal(value=str()) if column is not None:
            label = labels.choices(column).get(str(node.value))
            return f"“{label or node.value}”"
        case Name():
            return _named(node, checked, labels)
        case Call(name="if", args=(condition, yes, no)):
            first, other = (_said(one, checked, labels, column) for one in (yes, no))
            return f"{first}（若 {words_of(condition, checked, labels)}；否则{other}）"
    said = words_of(node, checked, labels)
    return f"（{said}）" if rank_of(node) <= SUM else said


def _named(node: Name, checked: Checked, labels: Labels) -> str:
    if node.path == ("row", "index"):
        return "行号"
    said = words_of(node, checked, labels)
    if id(node) not in checked.meanings or node.path[0] in ("initiator", "current_user", "record", "flow"):
        return said
    if node.path[0] == "old":
        return f"该条的“{said.removeprefix(f'{OLD}的')}”"
    is_form = labels.at.entity is not None and labels.at.entity.kind == "form"
    return f"{'本行' if node.path[0] == 'row' else '本单' if is_form else '本记录'}“{said}”"
