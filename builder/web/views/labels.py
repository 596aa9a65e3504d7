"""What people call things that documents name by code: of the draft, and of the other installed apps."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.edits.documents import find
from builder.usecases.open_draft import OpenedDraft
from runtime.language.app import Item
from runtime.language.speech import _

#: Levels of a dictionary's tree that are looked into; a draft may hold any nonsense.
_DEEPEST = 12


def dictionary_labels(opened: OpenedDraft, ref: str) -> dict[str, str]:
    """Return label by value of a dictionary by its bare or full name, empty if there is none."""
    pack, _slash, code = ref.rpartition("/")
    if pack in ("", opened.draft.app):
        found = find(opened.draft.documents, "dictionary", code)
        return dict(_items(found.document.get("items"), 0)) if found else {}
    other = opened.others.get(pack)
    dictionary = other.dictionary(code) if other else None
    return dict(_listed(dictionary.items)) if dictionary else {}


def _listed(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    for one in items:
        yield one.value, one.label
        yield from _listed(one.children)


def _items(items: Any, depth: int) -> Iterator[tuple[str, str]]:
    if not isinstance(items, list) or depth > _DEEPEST:
        return
    for one in items:
        if isinstance(one, Mapping):
            value = str(one.get("value", ""))
            yield value, str(one.get("label") or value)
            yield from _items(one.get("children"), depth + 1)


def default_words() -> dict[str, str]:
    """Return how the defaults are called that the language names by a word."""
    return {
        "current_user": _("当前用户"),
        "current_department": _("当前部门"),
        "current_company": _("当前公司"),
        "current_post": _("当前岗位"),
        "today": _("今天"),
        "now": _("现在"),
    }
