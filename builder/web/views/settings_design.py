"""An app itself as its settings show it: name, version, icon, what it requires, its changelog."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.place import Place
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.inputs import Change, Group, Input
from builder.web.views.menu_design import ICONS
from builder.web.views.sources import word, words
from runtime.language.parts import MANIFEST
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the changelog."""

    place: Place
    version: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class SettingsDesign:
    """The whole page."""

    groups: tuple[Group, ...]
    icon: str
    icons: tuple[str, ...]
    #: Code, name, whether it is required.
    apps: tuple[tuple[str, str, bool], ...]
    changes: tuple[ChangeRow, ...]
    new_change: Change


def settings_design(opened: OpenedDraft) -> SettingsDesign:
    """Return the settings of an app."""
    found = opened.draft.documents.get(MANIFEST)
    manifest: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    version = manifest.get("version")
    inputs = (
        Input("s-name", _("应用名称"), "text", ("name",), manifest.get("name")),
        Input("s-code", _("应用编码"), "text", ("code",), opened.draft.app, readonly=True),
        Input(
            "s-version",
            _("版本号"),
            "text",
            ("version",),
            version,
            help=_("三个数字，如 1.0.0"),
        ),
        Input("s-summary", _("简介"), "long", ("summary",), manifest.get("summary")),
        Input("s-note", _("备注"), "long", ("note",), manifest.get("note")),
    )
    needed = words(manifest.get("requires"))
    known = {code: app.manifest.name for code, app in opened.others.items()}
    codes = (*known, *(one for one in needed if one not in known))
    apps = tuple((code, known.get(code, code), code in needed) for code in codes)
    changes = tuple(_changes(manifest.get("changelog")))
    line = {"version": word(manifest.get("version")) or "0.1.0", "text": _("这一版的变化")}
    new = {"do": "insert", "place": ["changelog"], "value": line, "at": 0}
    icon = word(manifest.get("icon")) or "file-text"
    return SettingsDesign((Group(_("基本"), inputs),), icon, ICONS, apps, changes, new)


def _changes(listed: Any) -> Iterator[ChangeRow]:
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, Mapping):
            version, date, text = (word(one.get(key)) for key in ("version", "date", "text"))
            yield ChangeRow(("changelog", number), version, date, text)
