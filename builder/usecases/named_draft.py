"""The names of a draft, for the use cases that read its expressions."""

from builder.edits.scopes import scope_of
from builder.store import drafts
from builder.usecases.designing import Designer, designer
from runtime.language.lint.scope import Scope
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.packs.world import World, world
from runtime.store.session import Session


def named_draft(tx: Session, *, actor: int, app: str) -> tuple[Designer, Scope, World]:
    """Return who designs, what the draft of an app may refer to, and the apps as they are installed.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    who = designer(tx, actor=actor)
    draft = drafts.read(tx, app)
    if draft is None:
        raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
    installed = world(tx)
    return who, scope_of(draft.documents, installed.apps), installed
