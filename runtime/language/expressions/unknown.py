"""Names that mean nothing, and what is said of them: what was meant perhaps, and what there is."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from runtime.language.expressions.types import Type
from runtime.language.speech import _, listed

Rest = tuple[str, ...]


class UnknownName(Exception):
    """The name means nothing here; the message says what would."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remark naming the known word nearest to `word`, empty if none is near."""
    close = get_close_matches(word, tuple(known), n=1, cutoff=0.6)
    return _("，是否想写 %(near)s", near=close[0]) if close else ""


def no_field(code: str, known: Iterable[str]) -> UnknownName:
    """Return what is wrong with a field that is not there, or with a word of Python."""
    match code:
        case "None":
            return UnknownName(_("空值请写 null"))
        case "True":
            return UnknownName(_("真请写 true"))
        case "False":
            return UnknownName(_("假请写 false"))
    return UnknownName(_("没有名为“%(name)s”的字段%(near)s", name=code, near=nearest(code, known)))


def no_field_of(table: str, code: str, known: Iterable[str]) -> UnknownName:
    """Return what is wrong with a field that the source of a look-up does not have."""
    return UnknownName(
        _("%(table)s 没有字段“%(name)s”%(near)s", table=table, name=code, near=nearest(code, known))
    )


def no_column(rows: str, rest: Rest, near: str) -> UnknownName:
    """Return what is wrong with a column that a sub-table does not have; `near` remarks on what it has."""
    name = ".".join(rest)
    return UnknownName(_("重复表 %(rows)s 没有列“%(name)s”%(near)s", rows=rows, name=name, near=near))


def not_of_person(rest: Rest, known: Iterable[str]) -> UnknownName:
    """Return what is wrong with something that is not known of a person."""
    known = tuple(known)
    said = _(
        "人员没有“%(name)s”%(near)s，可以用 %(known)s",
        name=".".join(rest),
        near=nearest(rest[0], known),
        known=listed(known),
    )
    return UnknownName(said)


def not_of(head: str, rest: Rest, known: Mapping[str, object]) -> UnknownName:
    """Return what is wrong with something that `record` or `flow` does not have."""
    name = ".".join(rest)
    said = _(
        "%(head)s 没有“%(name)s”%(near)s，可以用 %(known)s",
        head=head,
        name=name,
        near=nearest(name, known),
        known=listed(known),
    )
    return UnknownName(said)


def nothing_below(code: str, rest: Rest, kind: Type) -> UnknownName:
    """Return that a field of `kind` has nothing below it."""
    below = f".{'.'.join(rest)}"
    said = _("字段 %(code)s 是%(kind)s，后面不能再写“%(rest)s”", code=code, kind=kind.label, rest=below)
    return UnknownName(said)
