"""What an app may refer to: its own objects as drafted, and those of the installed apps that it requires."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.documents import find, standing
from builder.usecases.open_draft import OpenedDraft
from runtime.language.app import App
from runtime.language.field import Field
from runtime.language.parts import MANIFEST
from runtime.language.schemas.field import SUBTABLE
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class Column:
    """A field as others may choose it."""

    #: `amount`, or of a sub-table `items.qty`.
    path: str
    label: str
    type: str
    #: Computed: nothing may be written there.
    computed: bool = False

    @property
    def choice(self) -> tuple[str, str]:
        """Value and label of an option."""
        label = _("%(what)s（%(name)s）", what=self.label, name=self.path) if self.label else self.path
        return self.path, label


@dataclass(frozen=True, slots=True)
class Source:
    """A form or a base table that fields, grants and menus may name."""

    #: As this app writes it: `code`, or `app/code`.
    ref: str
    name: str
    kind: str
    #: Name of the app it belongs to; empty for the app's own.
    app: str
    key: tuple[str, ...]
    #: Plain fields, without sub-tables.
    columns: tuple[Column, ...]
    views: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """Name, with its app if that is another one."""
        return f"{self.app} · {self.name}" if self.app else self.name


@dataclass(frozen=True, slots=True)
class Listed:
    """A dictionary that fields may name."""

    ref: str
    name: str
    app: str
    items: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """Name, with its app if that is another one."""
        return f"{self.app} · {self.name}" if self.app else self.name


def required(opened: OpenedDraft) -> tuple[App, ...]:
    """Return the installed apps that the draft requires, in its order."""
    manifest = opened.draft.documents.get(MANIFEST)
    named = manifest.get("requires") if isinstance(manifest, Mapping) else None
    codes = named if isinstance(named, list) else []
    return tuple(opened.others[one] for one in codes if isinstance(one, str) and one in opened.others)


def sources(opened: OpenedDraft) -> tuple[Source, ...]:
    """Return the tables and forms of the app, then of the apps it requires."""
    own = (_own(one.kind, one.document) for one in standing(opened.draft.documents, "table", "form"))
    return tuple(own) + tuple(_other(app, one) for app in required(opened) for one in app.entities)


def source_of(opened: OpenedDraft, ref: str, found: Iterable[Source] | None = None) -> Source | None:
    """Return what a reference names, None if there is nothing of that name."""
    bare = ref.removeprefix(f"{opened.draft.app}/")
    return next((one for one in found or sources(opened) if one.ref == bare), None)


def dictionaries(opened: OpenedDraft) -> tuple[Listed, ...]:
    """Return the dictionaries of the app, then of the apps it requires."""
    own = tuple(
        Listed(one.name, word(one.document.get("name")) or one.name, "", tuple(items_of(one.document)))
        for one in standing(opened.draft.documents, "dictionary")
    )
    others = tuple(
        Listed(f"{app.code}/{one.code}", one.name, app.manifest.name, tuple(one.labels().items()))
        for app in required(opened)
        for one in app.dictionaries
    )
    return own + others


def nodes_of(opened: OpenedDraft, form: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every node of the flows of a form."""
    found: dict[str, str] = {}
    for flow in standing(opened.draft.documents, "flow"):
        if flow.document.get("form") == form:
            for node in mappings(flow.document.get("nodes")):
                if code := word(node.get("code")):
                    found.setdefault(code, word(node.get("name")) or code)
    return tuple(found.items())


def columns_of(document: Mapping[str, Any], *, deep: bool = False) -> Iterator[Column]:
    """Yield the plain fields of an entity's document; `deep`: sub-tables and their columns as well."""
    for one in mappings(document.get("fields")):
        code = word(one.get("code"))
        if not code:
            continue
        subtable = one.get("type") == SUBTABLE
        if deep or not subtable:
            yield _column(code, one)
        if subtable and deep:
            for inner in mappings(one.get("fields")):
                if own := word(inner.get("code")):
                    yield _column(f"{code}.{own}", inner)


def entity_document(opened: OpenedDraft, code: str) -> Mapping[str, Any] | None:
    """Return the document of one of the app's own forms or tables, None if there is none."""
    documents = opened.draft.documents
    found = find(documents, "table", code) or find(documents, "form", code)
    return found.document if found else None


def items_of(dictionary: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield value and label of every item of a dictionary's tree."""
    waiting = list(mappings(dictionary.get("items")))
    while waiting:
        one = waiting.pop(0)
        if value := word(one.get("value")):
            yield value, word(one.get("label")) or value
        waiting = [*mappings(one.get("children")), *waiting]


def mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what of a list are mappings: all that a half-finished document may be trusted for."""
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, Mapping))


def word(value: Any) -> str:
    """Return a text of a document, empty where something else stands."""
    return value if isinstance(value, str) else ""


def words(value: Any) -> tuple[str, ...]:
    """Return the texts of a list of a document."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _own(kind: str, document: Mapping[str, Any]) -> Source:
    code = word(document.get("code"))
    views = tuple(
        (word(one.get("code")), word(one.get("name")) or word(one.get("code")))
        for one in mappings(document.get("views"))
    )
    name, key = word(document.get("name")) or code, words(document.get("key"))
    return Source(code, name, kind, "", key, tuple(columns_of(document)), views)


def _other(app: App, entity: Any) -> Source:
    columns = tuple(
        Column(one.code, one.label, one.type, one.formula is not None)
        for one in entity.fields
        if isinstance(one, Field)
    )
    views = tuple((one.code, one.name) for one in entity.views)
    ref = f"{app.code}/{entity.code}"
    return Source(ref, entity.name, entity.kind, app.manifest.name, entity.key, columns, views)


def _column(path: str, one: Mapping[str, Any]) -> Column:
    return Column(path, word(one.get("label")), word(one.get("type")), "formula" in one)
