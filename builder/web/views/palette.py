"""The palette of field types, in groups, from the registry."""

from collections.abc import Iterator
from dataclasses import dataclass

from runtime.fields import FIELDS
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """A type that can be put on a form."""

    type: str
    label: str
    icon: str
    #: What people type to find it.
    words: str


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    """Types that belong together."""

    name: str
    items: tuple[PaletteItem, ...]


def palette(*, rows: bool = False) -> tuple[PaletteGroup, ...]:
    """Return all types by group, as the registry orders them; `rows`: those that a sub-table may hold."""
    return tuple(PaletteGroup(name, items) for name, items in _groups(rows=rows) if items)


def _groups(*, rows: bool) -> Iterator[tuple[str, tuple[PaletteItem, ...]]]:
    named = (
        (_("基础"), ("text", "textarea", "integer", "decimal", "money", "percent", "boolean")),
        (_("选择"), ("select", "radio", "checkbox", "cascade", "rating")),
        (_("日期时间"), ("date", "datetime", "time", "month", "year")),
        (_("组织"), ("user", "department", "post", "company", "role")),
        (_("联系方式"), ("phone", "email", "idcard", "url", "address")),
        (_("关联与编号"), ("lookup", "serial", "money_upper")),
        (_("附件与意见"), ("attachment", "image", "opinion")),
    )
    known = {code for _name, codes in named for code in codes}
    for name, codes in named:
        yield (
            name,
            tuple(_item(code) for code in codes if code in FIELDS and not (rows and code == "opinion")),
        )
    yield _("其他"), tuple(_item(code) for code in FIELDS.codes() if code not in known)
    if not rows:
        label, section = _("重复表"), _("分组标题")
        yield (
            _("布局"),
            (
                PaletteItem(SUBTABLE, label, "table-plus", " ".join((label, "subtable", _("明细")))),
                PaletteItem("section", section, "heading", f"{section} section"),
            ),
        )


def _item(code: str) -> PaletteItem:
    kind = FIELDS.require(code)
    label = _(kind.label)
    return PaletteItem(code, label, kind.icon, f"{label} {kind.label} {code}")
