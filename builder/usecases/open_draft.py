"""An app as it is being worked on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from builder.edits.documents import Documents, Standing, find
from builder.edits.history import redoable, undoable
from builder.store import draft_edits, drafts
from builder.store.drafts import Draft
from builder.usecases.designing import Designer, designer
from runtime.language.app import App
from runtime.language.parts import MANIFEST
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.packs.world import world
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.releases import Release
from runtime.store.session import Session
from runtime.store.snapshot import Revisions, revisions


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft, and what its pages say around it."""

    draft: Draft
    name: str
    icon: str
    #: The release that new cases use; None for an app that was never published.
    current: Release | None
    #: Who changed the document in question last, and whether there is something to undo or redo there.
    changed_by: str
    undo: bool
    redo: bool
    #: All other apps that are installed, by code: what this one may require and name.
    others: Mapping[str, App] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """Return what tells one state of draft and release from another."""
        return f"{self.draft.stamp}-{self.current.id if self.current else 0}"

    @property
    def is_behind(self) -> bool:
        """Whether somebody published since the draft was begun."""
        return self.current is not None and self.draft.base != self.current.id


def open_draft(*, session: Session, actor: int, app: str, file: str = "") -> OpenedDraft:
    """Return an app's draft; `file` is the document that the page is about.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        return opened(tx, actor=actor, app=app, file=file)


def open_object(
    *, session: Session, actor: int, app: str, kind: str, code: str
) -> tuple[OpenedDraft, Standing] | None:
    """Return an app's draft, opened at the document of one object, and the object; None if there is none.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    found, standing = open_listed(
        session=session, actor=actor, app=app, choose=lambda documents: find(documents, kind, code)
    )
    return None if standing is None else (found, standing)


def open_listed(
    *, session: Session, actor: int, app: str, choose: Callable[[Documents], Standing | None]
) -> tuple[OpenedDraft, Standing | None]:
    """Return an app's draft, opened at the document of the object that `choose` finds in it, and the object.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        numbers = revisions(tx)
        who = designer(tx, actor=actor, revision=numbers.organisation)
        draft = _draft(tx, app)
        found = choose(draft.documents)
        return _opened(tx, who, draft, found.file if found else "", numbers), found


def opened(tx: Session, *, actor: int, app: str, file: str = "") -> OpenedDraft:
    """Return the draft inside the caller's transaction; as `open_draft` does."""
    numbers = revisions(tx)
    who = designer(tx, actor=actor, revision=numbers.organisation)
    return _opened(tx, who, _draft(tx, app), file, numbers)


def _draft(tx: Session, app: str) -> Draft:
    draft = drafts.read(tx, app)
    if draft is None:
        raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
    return draft


def _opened(tx: Session, who: Designer, draft: Draft, file: str, numbers: Revisions) -> OpenedDraft:
    app = draft.app
    manifest = draft.documents.get(MANIFEST, {})
    entries = draft_edits.entries(tx, app) if file and draft.begun else []
    changed = draft.changes.get(file)
    installed = releases.installed(tx, schema=numbers.schema)
    return OpenedDraft(
        draft,
        str(manifest.get("name") or app),
        str(manifest.get("icon") or "file-text"),
        next((one.release for one in installed if one.code == app), None),
        who.name_of(changed.by) if changed else "",
        undoable(entries, file) is not None,
        redoable(entries, file) is not None,
        {code: one for code, one in world(tx, schema=numbers.schema).apps.items() if code != app},
    )
