"""What is written into a column, in words: a label of its dictionary where the value is one of its codes."""

from builder.edits.expression_source import SUM, rank_of
from builder.words.expression_words import in_its_own, words_of
from builder.words.name_words import Labels
from runtime.language.expressions import Checked, ExpressionError, Type, check, parse
from runtime.language.expressions.tree import Call, Literal, Name, Node
from runtime.language.speech import _


def value_words(source: str, labels: Labels, column: Type | None) -> str:
    """Return what an expression gives, as the column it goes into reads it; never fails."""
    try:
        tree = parse(source)
    except ExpressionError:
        return in_its_own(source) if source.strip() else _("（未填）")
    return _said(tree.root, check(tree, names=labels.at.names), labels, column)


def _said(node: Node, checked: Checked, labels: Labels, column: Type | None) -> str:
    match node:
        case Literal(value=str()) if column is not None:
            label = labels.choices(column).get(str(node.value))
            return _("“%(name)s”", name=label or node.value)
        case Name():
            return _named(node, checked, labels)
        case Call(name="if", args=(condition, yes, no)):
            first, other = (_said(one, checked, labels, column) for one in (yes, no))
            when = words_of(condition, checked, labels)
            return _("%(yes)s（若 %(when)s；否则%(no)s）", yes=first, when=when, no=other)
    said = words_of(node, checked, labels)
    return _("（%(said)s）", said=said) if rank_of(node) <= SUM else said


def _named(node: Name, checked: Checked, labels: Labels) -> str:
    if node.path == ("row", "index"):
        return _("行号")
    said = words_of(node, checked, labels)
    meaning = checked.meanings.get(id(node))
    if meaning is None or node.path[0] in ("initiator", "current_user", "record", "flow"):
        return said
    if node.path[0] == "old":
        return _("该条的“%(field)s”", field=labels.field(meaning))
    if node.path[0] == "row":
        return _("本行“%(field)s”", field=said)
    if labels.at.entity is not None and labels.at.entity.kind == "form":
        return _("本单“%(field)s”", field=said)
    return _("本记录“%(field)s”", field=said)
