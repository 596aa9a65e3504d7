"""Where a problem is to be seen and cured: the page of its object, with the field or node in question."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from builder.edits.documents import Documents
from runtime.language.parts import Part, part_of
from runtime.language.place import Place, split_path
from runtime.language.speech import _

#: Kind of object → module of the designer, and whether each object has a page of its own.
_MODULES: Mapping[str, tuple[str, bool]] = {
    "form": ("forms", True),
    "table": ("tables", True),
    "flow": ("flows", True),
    "dictionary": ("dictionaries", True),
    "rule": ("rules", False),
    "permission": ("permissions", False),
    "menu": ("menu", False),
    "walkthrough": ("tests", False),
    "manifest": ("settings", False),
}


def place_url(app: str, path: str, documents: Documents) -> str:
    """Return the page on which a problem at `file $.place` is cured.

    `?selected=` names the field, column, node or rule. Of another app it is the page of its kind.
    What has no page of its own leads to the app.
    """
    file, place = split_path(path)
    other, _slash, inner = file.partition("/")
    if file not in documents and part_of(file) is None and part_of(inner) is not None:
        return _page(other, inner, "", "")
    found, place = _object(documents.get(file), place)
    part = part_of(file)
    code = (
        part.name_of(found) if part and part.name and isinstance(found, dict) and part.name in found else ""
    )
    return _page(app, file, code, _selected(part, found, place) or ("" if _own_page(part) else code))


def place_words(path: str, documents: Documents) -> str:
    """Return where a problem is, as people say it: kind and name of the object, then the field or node."""
    file, place = split_path(path)
    part = part_of(file)
    found, place = _object(documents.get(file), place)
    if part is None or found is None:
        return f"{file} {path.removeprefix(file).strip().removeprefix('$').removeprefix('.')}".strip()
    name = found.get("name") if isinstance(found, dict) else ""
    return " › ".join([_object_words(part, str(name)) if name else _(part.label), *_labels(found, place)])


def _object_words(part: Part, name: str) -> str:
    match part.kind:
        case "form":
            return _("表单 %(name)s", name=name)
        case "table":
            return _("底表 %(name)s", name=name)
        case "flow":
            return _("流程 %(name)s", name=name)
        case "rule":
            return _("规则 %(name)s", name=name)
        case "dictionary":
            return _("字典 %(name)s", name=name)
    return f"{_(part.label)} {name}"


def _page(app: str, file: str, code: str, selected: str) -> str:
    home = url_for("design.app", app=app)
    part = part_of(file)
    module, own = _MODULES.get(part.kind, ("", False)) if part else ("", False)
    if not module:
        return home
    url = f"{home}{module}/{code}" if own and code else f"{home}{module}/"
    if not _exists(url):
        return home
    return f"{url}?{urlencode({'selected': selected})}" if selected else url


def _exists(url: str) -> bool:
    try:
        current_app.url_map.bind("").match(url, "GET")
    except HTTPException:
        return False
    return True


def _own_page(part: Part | None) -> bool:
    return part is not None and _MODULES.get(part.kind, ("", False))[1]


def _object(document: Any, place: Place) -> tuple[Any, Place]:
    """Return the object of a document that a place is in, and the place inside it."""
    if place and isinstance(place[0], int):
        if isinstance(document, list):
            return (document[place[0]] if place[0] < len(document) else None), place[1:]
        return document, place[1:]  # an object that stands alone in its file has no number there
    return document, place


def _selected(part: Part | None, found: Any, place: Place) -> str:
    if part is None or not isinstance(found, dict):
        return ""
    if part.kind in ("form", "table") and place[:1] == ("fields",):
        return ".".join(_codes(found, place))
    if part.kind == "flow" and place[:1] == ("start",):
        return "start"
    if part.kind == "flow" and place[:1] == ("nodes",):
        return ".".join(_codes(found, place)[:1])
    if part.kind == "flow" and place[:1] == ("edges",):
        edge = _item(found.get("edges"), place[1:2])
        return str(edge.get("from") or "") if edge else ""
    return ""


def _codes(found: Any, place: Place) -> list[str]:
    """Return the codes of the nested items that a place goes through: field, column."""
    return [str(one["code"]) for one in _items(found, place) if one.get("code")]


def _labels(found: Any, place: Place) -> list[str]:
    named = [
        str(name)
        for one in _items(found, place)
        if (name := one.get("label") or one.get("name") or one.get("code") or one.get("value"))
    ]
    if named or not place:
        return named
    return [{"layout": _("布局"), "edges": _("连线"), "start": _("发起")}.get(str(place[0]), str(place[0]))]


def _items(found: Any, place: Place) -> list[Any]:
    items, here = [], found
    for step in place:
        if isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        else:
            here = _item(here, (step,))
            if here is None:
                break
            items.append(here)
    return items


def _item(items: Any, steps: Sequence[Any]) -> dict[str, Any] | None:
    at = steps[0] if steps else None
    if not isinstance(items, list) or not isinstance(at, int) or at >= len(items):
        return None
    found = items[at]
    return found if isinstance(found, dict) else None
