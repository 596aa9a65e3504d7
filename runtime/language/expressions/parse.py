"""From text to tree, within limits that keep every later step cheap."""

from functools import cache
from pathlib import Path

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from runtime.language.expressions.build import Build
from runtime.language.expressions.flaw import ExpressionError, Flaw, flaw
from runtime.language.expressions.tree import Expression, Node
from runtime.language.speech import _

#: Characters of source. The longest expression of a real pack has about 300.
LONGEST_SOURCE = 4_000
#: Levels of nesting; the tallest expression of a real pack has six.
DEEPEST = 40

#: What people type from other languages or with a Chinese keyboard, and what is meant; said with `_()`.
HINTS = {
    "&": "并且请写 and",
    "|": "或者请写 or",
    "!": "取反请写 not，不等于请写 !=",
    "^": "没有乘方运算，请用乘法",
    ";": "参数之间请用英文逗号",
    "“": "请用英文引号 ' 或 \"",
    "”": "请用英文引号 ' 或 \"",
    "‘": "请用英文引号 ' 或 \"",
    "’": "请用英文引号 ' 或 \"",
    "，": "请用英文逗号 ,",
    "（": "请用英文括号 (",
    "）": "请用英文括号 )",
    "；": "参数之间请用英文逗号 ,",
    "×": "乘请写 *",
    "÷": "除请写 /",
    "≥": "大于等于请写 >=",
    "≤": "小于等于请写 <=",
    "≠": "不等于请写 !=",
    "'": "文字没有写完，缺少右引号",
    '"': "文字没有写完，缺少右引号",
}


def parse(source: str) -> Expression:
    """Return the tree of `source`.

    :raises ExpressionError: if it is not an expression, or exceeds a limit; says where and what was expected.
    """
    if len(source) > LONGEST_SOURCE:
        message = _("表达式有 %(n)s 个字符，最多 %(most)s 个", n=len(source), most=LONGEST_SOURCE)
        raise ExpressionError(_whole("too_long", source, message))
    if not source.strip():
        raise ExpressionError(_whole("empty", source, _("这里应填写表达式")))
    try:
        root: Node = _grammar().parse(source)  # type: ignore[assignment]  # Build makes nodes, not lark's trees
    except UnexpectedInput as error:
        raise ExpressionError(_explain(source, error)) from None
    _refuse_depth(source, root)
    return Expression(source, root)


def _whole(code: str, source: str, message: str) -> Flaw:
    return flaw(code=code, start=0, end=len(source), found="", message=message)


@cache
def _grammar() -> Lark:
    text = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", transformer=Build(), keep_all_tokens=True, maybe_placeholders=False)


def _refuse_depth(source: str, root: Node) -> None:
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            found = source[node.start : node.end]
            message = _("括号和函数最多嵌套 %(most)s 层", most=DEEPEST)
            raise ExpressionError(
                flaw(code="too_deep", start=node.start, end=node.end, found=found, message=message)
            )
        waiting.extend((part, depth + 1) for part in node.parts())


def _explain(source: str, error: UnexpectedInput) -> Flaw:
    if isinstance(error, UnexpectedCharacters):
        start: int = error.pos_in_stream  # type: ignore[assignment]  # declared None, never is
        found = source[start]
        hint = _(HINTS[found]) if found in HINTS else _("这个符号在表达式中没有意义")
        return flaw(code="unexpected", start=start, end=start + 1, found=found, message=hint)
    token = error.token if isinstance(error, UnexpectedToken) else None
    if token is None or token.type == "$END":
        end = len(source.rstrip())
        return flaw(
            code="incomplete", start=end, end=end, found="", message=_("表达式没有写完，缺少值或右括号")
        )
    start = token.start_pos or 0
    return flaw(
        code="unexpected", start=start, end=start + len(token), found=str(token), message=_hint(token)
    )


def _hint(token: Token) -> str:
    if token == "=":
        return _("比较请写 ==")
    if token.type in ("NAME", "NUMBER", "TEXT", "LPAR", "LSQB"):
        return _("前面缺少运算符或逗号")
    if token.type in ("RPAR", "RSQB", "COMMA"):
        return _("这里缺少值，或括号不配对")
    return _("这里应是一个值：字段、数字、文字或函数")
