"""Check a draft, as publishing will."""

from builder.store import drafts
from builder.store.checking import Checked, checked
from builder.usecases.designing import designer
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store.reading import reading
from runtime.store.session import Session


def check_draft(*, session: Session, actor: int, app: str) -> Checked:
    """Return a draft with everything that keeps it from being published, each with file and place.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        if draft is None:
            raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
        return checked(tx, draft)
