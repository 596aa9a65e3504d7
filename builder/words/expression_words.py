"""An expression in the words of the people who read it: labels for names, labels for values of dictionaries.

`变更后金额 ≥ 1,000,000 且 类型 包含 “金额变更”`. Pure: from a tree, the facts of its check and
labels to a text. What has no words of its own is its source in 「」: nothing is left out or made up.
"""

from decimal import Decimal

from builder.edits.expression_source import EITHER, NEGATION, PRODUCT, SUM, rank_of, source_of
from builder.words.call_words import Words, call_words
from builder.words.name_words import Labels
from runtime.language.expressions import (
    Checked,
    ExpressionError,
    Names,
    Template,
    check,
    parse,
    parse_template,
)
from runtime.language.expressions.tree import (
    Call,
    Chain,
    Compare,
    ListOf,
    Literal,
    Logic,
    Minus,
    Name,
    Node,
    Not,
)
from runtime.language.expressions.types import ANY, Type
from runtime.language.expressions.values import plain_number
from runtime.language.speech import _, listed

#: Characters of the longest text of words; more is cut.
LONGEST = 600
_SIGNS = {"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
#: Calls that show where they end, in any language.
_ENDED = frozenset({"if", "bool", "coalesce", "list", "date", "datetime", "round", "floor", "ceil"})
_ARITHMETIC = {"+": "+", "-": "−", "*": "×", "/": "÷"}


def expression_words(source: str, labels: Labels, *, like: Type | None = None) -> str:
    """Return an expression (or a text with holes, where the place is one) in words; never fails.

    `like` is the type of what it is written to: a code of its dictionary is said by its label.
    """
    try:
        if labels.at.template:
            return _cut(_template_words(parse_template(source), labels))
        tree = parse(source)
    except ExpressionError:
        return in_its_own(source[:LONGEST])
    return _cut(words_of(tree.root, check(tree, names=labels.at.names), labels, like=like))


def words_of(root: Node, checked: Checked, labels: Labels, *, like: Type | None = None) -> str:
    """Return a checked tree in words."""
    return _Speaker(checked, labels).say(root, like=like)


def _template_words(template: Template, labels: Labels) -> str:
    names: Names = labels.at.names
    pieces = [
        part
        if isinstance(part, str)
        else in_its_own(words_of(part.tree.root, check(part.tree, names=names), labels))
        for part in template.parts
    ]
    return "".join(pieces)


def in_its_own(text: str) -> str:
    """Return a piece of another language in a sentence: source that cannot be told, a value in a message."""
    return _("「%(said)s」", said=text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class _Speaker(Words):
    """One expression being put into words."""

    def __init__(self, checked: Checked, labels: Labels) -> None:
        self.checked = checked
        self.labels = labels
        self.rows: list[str] = [labels.at.row or ""]

    def kind(self, node: Node) -> Type:
        """Return the type that the check has found, any if it has not."""
        return self.checked.types.get(id(node), ANY)

    def say(self, node: Node, *, least: int = EITHER, like: Type | None = None) -> str:
        """Return words; in brackets if they hold less tightly than `least`; `like` is what it meets."""
        text = self._said(node, like)
        return text if rank_of(node) >= least else _("（%(said)s）", said=text)

    def _said(self, node: Node, like: Type | None) -> str:
        match node:
            case Literal():
                return self._literal(node, like)
            case Name():
                return self.name(node)
            case Minus():
                return f"−{self.say(node.operand, least=PRODUCT + 1)}"
            case Not():
                return _("并非（%(what)s）", what=self.say(node.operand))
            case Logic():
                word = _(" 且 ") if node.operator == "and" else _(" 或 ")
                # Brackets also where the language needs none: nobody knows by heart what 且 and 或 bind.
                return word.join(self.say(one, least=NEGATION) for one in node.operands)
            case Compare():
                return self._compare(node)
            case Chain():
                least = rank_of(node) + 1
                rest = (f" {_arithmetic(sign)} {self._figure(one, least)}" for sign, one in node.rest)
                return self._figure(node.first, rank_of(node)) + "".join(rest)
            case ListOf():
                return listed(self.say(one, like=like) for one in node.items) or _("空")
            case Call():
                return call_words(node, self) or in_its_own(source_of(node))
        return in_its_own(source_of(node))

    def name(self, node: Name) -> str:
        """Return the label of a name, the name itself in 「」 if it means nothing here."""
        meaning = self.checked.meanings.get(id(node))
        if meaning is None:
            return in_its_own(node.dotted)
        return self.labels.name(meaning, rows=self.rows[-1])

    def _figure(self, node: Node, least: int) -> str:
        """Return what is reckoned with: nobody may wonder where the words for a call end."""
        said = self.say(node, least=least)
        if isinstance(node, Call) and node.args and node.name not in _ENDED:
            return _("%(figure)s", figure=said)
        return said

    def _literal(self, node: Literal, like: Type | None) -> str:
        match node.value:
            case None:
                return _("空")
            case bool():
                return _("是") if node.value else _("否")
            case Decimal():
                return _number(node.value, like)
        label = self.labels.choices(like).get(node.value) if like else None
        return _("“%(name)s”", name=label or node.value)

    def _compare(self, node: Compare) -> str:
        pieces, left = [], node.first
        for sign, right in node.rest:
            pieces.append(self._pair(left, sign, right))
            left = right
        return _(" 且 ").join(pieces)

    def _pair(self, left: Node, sign: str, right: Node) -> str:
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Literal) and one.value is None and sign in ("==", "!="):
                what = self.say(other, least=SUM)
                return _("%(what)s 为空", what=what) if sign == "==" else _("%(what)s 不为空", what=what)
        mine, theirs = self.kind(left), self.kind(right)
        if sign in ("in", "not in") and theirs.kind == "list" and not isinstance(right, ListOf):
            whole, part = self.say(right, least=SUM), self.say(left, least=SUM, like=theirs)
            if sign == "in":
                return _("%(whole)s 包含 %(part)s", whole=whole, part=part)
            return _("%(whole)s 不包含 %(part)s", whole=whole, part=part)
        first, second = self.say(left, least=SUM, like=theirs), self.say(right, least=SUM, like=mine)
        match sign:
            case "in":
                return _("%(one)s 属于 %(several)s", one=first, several=second)
            case "not in":
                return _("%(one)s 不属于 %(several)s", one=first, several=second)
        return f"{first} {_SIGNS[sign]} {second}"


def _arithmetic(sign: str) -> str:
    return _("除余") if sign == "%" else _ARITHMETIC[sign]


def _number(value: Decimal, like: Type | None) -> str:
    if like is not None and like.style == "percent":
        return f"{plain_number(value * 100)}%"
    return grouped(value)


def grouped(value: Decimal) -> str:
    """Return a number with commas between thousands."""
    whole, point, rest = plain_number(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"
