"""Titles and messages: text with `{expression}` holes, such as "合同变更-{contract}"."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from runtime.language.expressions.check import check
from runtime.language.expressions.compile import Compiled, compile_expression
from runtime.language.expressions.environment import Env
from runtime.language.expressions.flaw import ExpressionError, Flaw, flaw
from runtime.language.expressions.names import Names
from runtime.language.expressions.parse import LONGEST_SOURCE, parse
from runtime.language.expressions.texts import shown
from runtime.language.expressions.tree import Expression, Name
from runtime.language.expressions.types import Type
from runtime.language.expressions.values import LONGEST_RESULT, plain_number
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class Hole:
    """An expression inside a text; `start` is where its source begins in the text."""

    start: int
    tree: Expression

    @property
    def name(self) -> str | None:
        """Return the dotted name if the hole holds nothing else."""
        root = self.tree.root
        return root.dotted if isinstance(root, Name) else None


@dataclass(frozen=True, slots=True)
class Template:
    """A text and its holes, in order."""

    source: str
    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Return the holes."""
        return tuple(part for part in self.parts if isinstance(part, Hole))


#: How the value of a hole is written: gets the environment, the name in the hole (None if it holds more than
#: a name), its type and its value.
Show = Callable[[Env, str | None, Type, Any], str]


def show_value(env: Env, name: str | None, kind: Type, value: Any) -> str:  # noqa: ARG001 – the shape of Show
    """Return `value` for people: labels and names, money as 1,234.50, a percentage as 12.5%, "" for empty."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        if kind.style == "money":
            scale = 2 if kind.scale is None else kind.scale
            return f"{round_half_up(Decimal(value), scale):,.{scale}f}"
        if kind.style == "percent":
            return f"{plain_number(Decimal(value) * 100)}%"
    return shown(env, value, kind)


def round_half_up(value: Decimal, scale: int) -> Decimal:
    """Return `value` with `scale` digits after the point; amounts of any size."""
    if value.adjusted() + scale > 40:
        return value
    return value.quantize(Decimal((0, (1,), -scale)), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A template ready to be filled in."""

    template: Template
    parts: tuple[str | tuple[str | None, Compiled], ...]

    def render(self, env: Env, show: Show = show_value) -> str:
        """Return the text, cut to the length of a result.

        :raises EvaluationError: as the expressions in the holes do.
        """
        pieces = (
            part if isinstance(part, str) else show(env, part[0], part[1].type, part[1].evaluate(env))
            for part in self.parts
        )
        return "".join(pieces)[:LONGEST_RESULT]


def parse_template(source: str) -> Template:
    """Return the text in pieces. `{{` and `}}` stand for braces.

    :raises ExpressionError: with every problem of every hole, placed in `source`.
    """
    if len(source) > LONGEST_SOURCE:
        message = _("文字有 %(n)s 个字符，最多 %(most)s 个", n=len(source), most=LONGEST_SOURCE)
        raise ExpressionError(
            flaw(code="too_long", start=LONGEST_SOURCE, end=len(source), found="", message=message)
        )
    parts: list[str | Hole] = []
    problems: list[Flaw] = []
    text, at = "", 0
    while at < len(source):
        if source[at : at + 2] in ("{{", "}}"):
            text, at = text + source[at], at + 2
        elif source[at] == "{":
            end = _closing(source, at)
            if text:
                parts.append(text)
                text = ""
            if end is None:
                problems.append(_brace(source, at, _("“{”没有对应的“}”；要写花括号本身请写 {{")))
                break
            try:
                parts.append(Hole(at + 1, parse(source[at + 1 : end])))
            except ExpressionError as error:
                problems.extend(one.moved(at + 1) for one in error.problems)
            at = end + 1
        elif source[at] == "}":
            problems.append(_brace(source, at, _("“}”没有对应的“{”；要写花括号本身请写 }}")))
            at += 1
        else:
            text, at = text + source[at], at + 1
    if problems:
        raise ExpressionError(*problems)
    return Template(source, (*parts, text) if text else tuple(parts))


def check_template(template: Template, *, names: Names) -> tuple[Flaw, ...]:
    """Return everything wrong in the holes, placed in the text."""
    return tuple(
        one.moved(hole.start) for hole in template.holes for one in check(hole.tree, names=names).problems
    )


def compile_template(source: str | Template, *, names: Names) -> CompiledTemplate:
    """Return the template compiled for the types in `names`.

    :raises ExpressionError: if it has any problem.
    """
    template = parse_template(source) if isinstance(source, str) else source
    problems = check_template(template, names=names)
    if problems:
        raise ExpressionError(*problems)
    parts = tuple(
        part if isinstance(part, str) else (part.name, compile_expression(part.tree, names=names))
        for part in template.parts
    )
    return CompiledTemplate(template, parts)


def _closing(source: str, at: int) -> int | None:
    """Return where the brace opened at `at` closes; braces inside quotes do not count."""
    quote = ""
    for place in range(at + 1, len(source)):
        character = source[place]
        if quote:
            quote = "" if character == quote and source[place - 1] != "\\" else quote
        elif character in "'\"":
            quote = character
        elif character == "}":
            return place
        elif character == "{":
            return None
    return None


def _brace(source: str, at: int, message: str) -> Flaw:
    return flaw(code="brace", start=at, end=at + 1, found=source[at], message=message)
