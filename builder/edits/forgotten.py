"""What else goes with a field or a column: its place on the form, its columns, who may fill it in."""

from collections.abc import Mapping
from typing import Any

from builder.edits.documents import Documents, standing, with_file
from builder.edits.edit import ENTITIES
from builder.edits.flow_lists import unlisted
from builder.edits.layout import code_of, sections_of, taken_out, with_sections
from builder.edits.place import Place, value_at
from builder.edits.renaming.plain import Change, each, with_keys
from builder.edits.renaming.shapes import app_of
from runtime.language.parts import part_of

#: Lists of a view that name fields.
_OF_VIEW = ("columns", "sort", "filters", "search")


def path_of(documents: Documents, file: str, place: Place) -> str:
    """Return the path of the field that stands at a place (`amount`, `items.qty`), empty if none does."""
    part = part_of(file)
    if part is None or part.kind not in ENTITIES or not is_field(place):
        return ""
    ways = (place[:2], place)[: len(place) // 2]
    found = [value_at(documents.get(file), way) for way in ways]
    codes = [code_of(one) if isinstance(one, Mapping) else "" for one in found]
    return ".".join(codes) if all(codes) else ""


def is_field(place: Place) -> bool:
    """Say whether fields or columns of an entity stand at such a place."""
    return len(place) in (2, 4) and all(one == "fields" for one in place[::2])


def forgotten(documents: Documents, file: str, path: str) -> Documents:
    """Return the documents without what an entity and its flows say of a field that goes.

    Formulas, rules, grants and keys stay: what they mean without it is for people to say, and the check asks.
    """
    document = documents[file]
    made = _in_entity(document, path)
    documents = documents if made is document else with_file(documents, file, made)
    code = document.get("code")
    forms = (code, f"{app_of(documents)}/{code}")
    for flow in standing(documents, "flow"):
        if flow.document.get("form") in forms:
            documents = unlisted(documents, flow, path)
    return documents


def _in_entity(document: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    cut = _without(path)
    changes: dict[str, Change] = {
        "views": each(lambda view: with_keys(view, dict.fromkeys(_OF_VIEW, cut))),
        # Unique without one of its columns would be stricter than anybody said.
        "unique": lambda groups: _kept(groups, lambda group: cut(group) is group),
        "indexes": lambda groups: _kept(each(cut)(groups), bool),
    }
    made: Mapping[str, Any] = with_keys(document, changes)
    if "." in path or not made.get("layout"):
        return made
    return with_sections(made, taken_out(sections_of(made), path))


def _without(path: str) -> Change:
    """Return what takes a field out of a list of paths, and with a sub-table its columns."""

    def names(one: Any) -> bool:
        bare = one.removeprefix("-") if isinstance(one, str) else ""
        return bare == path or bare.startswith(f"{path}.")

    def rewrite(paths: Any) -> Any:
        if not isinstance(paths, list) or not any(map(names, paths)):
            return paths
        return [one for one in paths if not names(one)]

    return rewrite


def _kept(groups: Any, wanted: Change) -> Any:
    if not isinstance(groups, list) or all(map(wanted, groups)):
        return groups
    return [one for one in groups if wanted(one)]
