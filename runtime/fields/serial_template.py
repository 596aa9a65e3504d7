"""Templates of serial numbers: `XSHT{yyyy}{MM}{dd}{seq4}`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from runtime.language.speech import _

_PART = re.compile(r"\{([^{}]*)\}")
_SEQUENCE = re.compile(r"seq([1-9])", re.ASCII)
_DATES = frozenset({"yyyy", "yy", "MM", "dd"})
_KNOWN = "{yyyy} {yy} {MM} {dd} {seq1} … {seq9}"
_LONGEST = 60


class InvalidTemplate(ValueError):
    """The text is no template of serial numbers; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class SerialTemplate:
    """A parsed template: text with parts of a date, before and after the running number."""

    before: str
    after: str
    #: Digits of the running number, at least; it grows beyond them rather than repeat itself.
    digits: int

    def period(self, on: date) -> str:
        """Return the key of the counter: the number without its running part. Each period counts from 1."""
        return f"{_dated(self.before, on)}#{_dated(self.after, on)}"

    def number(self, on: date, *, count: int) -> str:
        """Return the serial number of the `count`-th record of the period."""
        return f"{_dated(self.before, on)}{count:0{self.digits}d}{_dated(self.after, on)}"


@lru_cache(maxsize=1000)
def parse_template(text: str) -> SerialTemplate:
    """Return the template that `text` writes.

    :raises InvalidTemplate: if a part is unknown, or there is not exactly one `{seqN}`.
    """
    if len(text) > _LONGEST:
        raise InvalidTemplate(_("最多 %(most)s 个字符", most=_LONGEST))
    if "{" in (plain := _PART.sub("", text)) or "}" in plain:
        raise InvalidTemplate(_("花括号没有成对"))
    parts = _PART.findall(text)
    sequences = [part for part in parts if _SEQUENCE.fullmatch(part)]
    unknown = [part for part in parts if part not in _DATES and part not in sequences]
    if unknown:
        raise InvalidTemplate(_("不认识 {%(part)s}，可以用 %(known)s", part=unknown[0], known=_KNOWN))
    if len(sequences) != 1:
        raise InvalidTemplate(_("要有且只有一个流水段，如 {seq4}"))
    before, after = text.split(f"{{{sequences[0]}}}")
    return SerialTemplate(before=before, after=after, digits=int(sequences[0][3:]))


def next_number(template: SerialTemplate, *, on: date, count: Callable[[str], int]) -> str:
    """Return the next serial number; `count` adds one to the counter of a period and returns it."""
    return template.number(on, count=count(template.period(on)))


def _dated(text: str, on: date) -> str:
    return text.format(
        yyyy=f"{on.year:04d}", yy=f"{on.year % 100:02d}", MM=f"{on.month:02d}", dd=f"{on.day:02d}"
    )
