"""The menu of an app as its designer shows it: entries, what each opens, and how the navigation looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.documents import standing
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.access_words import Choices, roles_of
from builder.web.views.inputs import Act, Group, Input, setting_many
from builder.web.views.sources import Source, required, sources, word, words
from runtime.language.speech import _

MENU = "menu.yaml"
#: Icons that people choose from; an entry may name any other of the sprite.
ICONS = (
    *("file-text", "forms", "notes", "folder", "briefcase", "building", "users", "user", "id", "home"),
    *("calendar", "calendar-event", "clock", "history", "bell", "inbox", "send-2", "checkbox", "list-check"),
    *("table", "database", "list-details", "layout-list", "category", "apps", "tag", "hash", "flag", "star"),
    *("currency-yuan", "percentage", "sum", "chart-bar", "chart-line", "chart-pie", "timeline", "route"),
    *("shield-check", "lock", "settings", "refresh", "bolt", "map-pin", "phone", "mail", "paperclip"),
    *("photo", "qrcode", "barcode", "printer", "upload", "download", "search", "robot", "git-branch"),
    "signature",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry."""

    number: int
    name: str
    icon: str
    #: "发起 销售合同审批", "打开 客户档案 · 全部"
    opens: str
    #: Labels of the roles; empty: everybody who may.
    roles: tuple[str, ...]
    selected: bool


@dataclass(frozen=True, slots=True)
class MenuDesign:
    """All entries, the one that is selected, and the navigation as somebody sees it."""

    entries: tuple[EntryRow, ...]
    groups: tuple[Group, ...]
    #: Of the selected entry.
    number: int | None
    icon: str
    icons: tuple[str, ...]
    roles: Choices
    chosen_roles: tuple[str, ...]
    new: Mapping[str, Any] | None
    #: Who the preview is for; empty: everything.
    role: str
    preview: tuple[tuple[str, str], ...]


def menu_design(opened: OpenedDraft, selected: str, role: str) -> MenuDesign:
    """Return the menu; `selected` is the number of an entry, `role` whose navigation is previewed."""
    found = opened.draft.documents.get(MENU)
    listed = [(number, one) for number, one in enumerate(found if isinstance(found, list) else ())]
    targets, people = tuple(_targets(opened)), roles_of(opened)
    mine = [(number, one) for number, one in listed if isinstance(one, Mapping)]
    entries = tuple(_entry(number, one, selected, targets, dict(people)) for number, one in mine)
    number = next((one.number for one in entries if one.selected), None)
    entry = dict(mine).get(number, {}) if number is not None else {}
    seen = [
        one for _number, one in mine if not role or not words(one.get("roles")) or role in words(one["roles"])
    ]
    new = None
    if targets:
        label, values = targets[0]
        new = {"name": label.rpartition(" ")[2], **{key: one for key, one in values.items() if one}}
    return MenuDesign(
        entries,
        tuple(_panel(number, entry, targets)) if number is not None else (),
        number,
        word(entry.get("icon")),
        ICONS,
        people,
        words(entry.get("roles")),
        new,
        role,
        tuple((word(one.get("icon")) or "file-text", word(one.get("name"))) for one in seen),
    )


Target = tuple[str, dict[str, str | None]]


def _targets(opened: OpenedDraft) -> Iterator[Target]:
    """Yield everything that an entry may open, with what it writes."""
    for flow in standing(opened.draft.documents, "flow"):
        yield _start(flow.name, word(flow.document.get("name")) or flow.name)
    tables = [one for one in sources(opened) if one.kind == "table"]
    for table in tables:
        yield from _lists(table)
    for app in required(opened):
        for one in app.flows:
            yield _start(f"{app.code}/{one.code}", f"{app.manifest.name} · {one.name}")


def _start(ref: str, name: str) -> Target:
    return _("发起 %(name)s", name=name), {"flow": ref, "table": None, "view": None}


def _lists(table: Source) -> Iterator[Target]:
    label = _("打开 %(name)s", name=table.label)
    yield label, {"flow": None, "table": table.ref, "view": None}
    for code, name in table.views:
        yield f"{label} · {name}", {"flow": None, "table": table.ref, "view": code}


def _entry(
    number: int,
    entry: Mapping[str, Any],
    selected: str,
    targets: tuple[Target, ...],
    people: Mapping[str, str],
) -> EntryRow:
    own = _own(entry)
    opens = next((label for label, values in targets if values == own), _unknown(own))
    roles = tuple(people.get(one, one) for one in words(entry.get("roles")))
    name, icon = word(entry.get("name")), word(entry.get("icon"))
    return EntryRow(number, name, icon or "file-text", opens, roles, str(number) == selected)


def _sees(entry: Mapping[str, Any], role: str) -> bool:
    roles = words(entry.get("roles"))
    return not role or not roles or role in roles


def _own(entry: Mapping[str, Any]) -> dict[str, str | None]:
    return {key: word(entry.get(key)) or None for key in ("flow", "table", "view")}


def _unknown(own: Mapping[str, str | None]) -> str:
    return _("没有：%(what)s", what=own["flow"] or own["table"] or "")


def _panel(number: int, entry: Mapping[str, Any], targets: tuple[Target, ...]) -> Iterator[Group]:
    id_, own = f"m-{number}", _own(entry)
    acts = [Act(label, setting_many((number,), **values), values == own) for label, values in targets]
    if not any(one.chosen for one in acts):
        acts.insert(0, Act(_unknown(own), setting_many((number,), **own), chosen=True))
    inputs = (
        Input(f"{id_}-name", _("名称"), "text", (number, "name"), entry.get("name")),
        Input(f"{id_}-opens", _("打开什么"), "acts", (number,), acts=tuple(acts)),
        Input(f"{id_}-note", _("备注"), "long", (number, "note"), entry.get("note")),
    )
    yield Group(_("基本"), inputs)
