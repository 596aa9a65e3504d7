"""Plain values to YAML text, one way only: the same value always gives the same text.

Made for reading in a diff: what fits on a line and is one thing stands on one line (`- {code: …, type: …}`),
everything else goes down the page. Words and codes stand bare; expressions and templates are quoted.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from runtime.language.yaml_text import NUMBER, WORDS

WIDTH = 140

#: Text that may stand bare: words, codes, dates, Chinese punctuation. Operators and brackets are quoted.
_BARE = re.compile(
    r"(?!\.\.\.)-?[\w./](?:[\w./%·，。、；！？（）《》“”‘’【】—…￥~-]|:(?=[^\s:])| (?=[^ #-]))*"
)
#: What a reader may take for a word or a number: `True`, `007`, `1e3`, `08:30`.
_AMBIGUOUS = re.compile(r"(?i:true|false|null)|[-+.]?[0-9][0-9_.:eExXoO+-]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?|\d+\.\d+\.\d+")
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def dump_yaml(value: Any) -> str:
    """Return `value` (mappings with text keys, lists, text, numbers, booleans, None) as YAML.

    :raises TypeError: if it contains anything else; that is a bug of the caller.
    """
    return "\n".join(_block(value, top=True)) + "\n"


def _block(value: Any, *, top: bool = False) -> Iterator[str]:
    """Yield the lines of a value that starts at the margin."""
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from _entry(key, one, top=top)
    elif _is_list(value) and value:
        for one in value:
            yield from _item(one)
    else:
        yield _flow(value)


def _entry(key: str, value: Any, *, top: bool) -> Iterator[str]:
    head = f"{_text(key)}:"
    if isinstance(value, str) and _literal(value):
        yield f"{head} |" + ("" if value.endswith("\n") else "-")
        yield from ("  " + line if line else "" for line in value.removesuffix("\n").split("\n"))
        return
    line = f"{head} {_flow(value)}"
    if not _is_nested(value) or not _downwards(value, line, listed=top):
        yield line
        return
    yield head
    yield from ("  " + line if line else "" for line in _block(value))


def _item(value: Any) -> Iterator[str]:
    line = f"- {_flow(value)}"
    if not _is_nested(value) or not _downwards(value, line, listed=False):
        yield line
        return
    mark = "- "
    for line in _block(value):
        yield mark + line if line else ""
        mark = "  "


def _downwards(value: Any, line: str, *, listed: bool) -> bool:
    """Tell whether a value goes down the page instead of on one line."""
    if listed and _is_list(value) and any(isinstance(one, Mapping) and one for one in value):
        return True
    return len(line) > WIDTH or "\n" in line or _holds_table(value) or _holds_lines(value)


def _holds_table(value: Any) -> bool:
    """Tell whether a list of several things, each with more than two properties, is in it."""
    if isinstance(value, Mapping):
        return any(_holds_table(one) for one in value.values())
    if not _is_list(value):
        return False
    wide = sum(isinstance(one, Mapping) and len(one) > 2 for one in value)
    return wide > 1 or any(map(_holds_table, value))


def _holds_lines(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_lines(one) for one in value.values())
    if _is_list(value):
        return any(_holds_lines(one) for one in value)
    return isinstance(value, str) and _literal(value)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if _is_list(value):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return _number(value)
        case str():
            return _text(value)
    raise TypeError(f"{value!r} cannot stand in a document")


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    if _DATE.fullmatch(text):
        return text
    if _BARE.fullmatch(text) and not (text in WORDS or NUMBER.fullmatch(text) or _AMBIGUOUS.fullmatch(text)):
        return text
    if _UNPRINTABLE.search(text) or "\n" in text or "\t" in text:
        return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _escaped(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xD800 <= number <= 0xDFFF:
        raise TypeError("half a character (a surrogate) cannot stand in a document")
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _literal(text: str) -> bool:
    """Tell whether a text of several lines can stand as it is, after `|`."""
    body = text.removesuffix("\n")
    if "\n" not in body or _UNPRINTABLE.search(text) or "\t" in text:
        return False
    lines = body.split("\n")
    return bool(lines[0]) and bool(lines[-1]) and all(line == line.strip() for line in lines)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping) or _is_list(value)
