"""Publishing: what is wrong, what changes, and the release that comes of it."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.usecases.open_publication import Publication, open_publication
from builder.usecases.publish_draft import publish_draft, rebase_draft
from builder.web.publication_page import publication_page, published_page
from builder.web.request import acting, address, draft_of
from builder.web.views.frame import frame
from builder.web.views.publication import PublicationPage
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import Conflict, InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.store.database import db
from runtime.web.account import actor

bp = Blueprint("publish", __name__, url_prefix="/design/<app>/publish")

#: Fields of the form begin with these; the slot's code, the file's name follow.
_SLOT = "slot."
_SIDE = "side."


@bp.get("")
def show(app: str) -> str:
    """Show what publishing would bring."""
    found = _found(app)
    return _page(found, publication_page(found))


@bp.post("")
def make(app: str) -> ResponseReturnValue:
    """Publish, and show what that did; or tell what is against it."""
    posted = request.form.to_dict()
    slots = {name.removeprefix(_SLOT): code for name, code in posted.items() if name.startswith(_SLOT)}
    try:
        done = publish_draft(
            **acting(),
            app=app,
            seen=posted.get("seen", ""),
            version=posted.get("version", "").strip()[:80],
            note=posted.get("note", "").strip(),
            bindings=slots,
            address=address(),
        )
    except Problems as error:
        found = _found(app)
        page = publication_page(found, posted=posted, problems=error.problems, refusal=_refused())
        return _page(found, page), 422
    except Refused as error:
        return _refusal(app, posted, error)
    return render_template(
        "design/published.html", frame=frame(draft_of(app), module="releases"), page=published_page(done, app)
    )


@bp.post("/rebase")
def rebase(app: str) -> ResponseReturnValue:
    """Carry the draft onto the release that somebody published meanwhile."""
    posted = request.form.to_dict()
    sides = {name.removeprefix(_SIDE): side for name, side in posted.items() if name.startswith(_SIDE)}
    try:
        rebase_draft(**acting(), app=app, seen=posted.get("seen", ""), chosen=sides, address=address())
    except Refused as error:
        return _refusal(app, posted, error)
    return redirect(url_for(".show", app=app))


def _refusal(app: str, posted: dict[str, str], error: Refused) -> ResponseReturnValue:
    if not isinstance(error, Conflict | InvalidAnswers) and error.code != "nothing_to_publish":
        raise error
    found = _found(app)
    if isinstance(error, InvalidAnswers):
        page = publication_page(found, posted=posted, wrong=_near(error), refusal=_refused())
        return _page(found, page), 422
    status = 409 if isinstance(error, Conflict) else 422
    return _page(found, publication_page(found, posted=posted, refusal=error.message)), status


def _near(error: InvalidAnswers) -> list[Problem]:
    """Return what is wrong with the form; of a file it is named by the file alone."""
    return [replace(one, path=one.path.removesuffix(" $")) for one in error.problems]


def _refused() -> str:
    return _("没有发布，什么都没有改变；请更正下面标出的内容。")


def _found(app: str) -> Publication:
    return open_publication(session=db.session(), actor=actor(), app=app)


def _page(found: Publication, page: PublicationPage) -> str:
    shown = frame(found.opened, module="releases", name=_("发布"))
    return render_template("design/publish.html", frame=shown, page=page)
