"""The design centre: all apps, new ones, and the way into one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.usecases.drop_draft import drop_draft
from builder.usecases.list_apps import list_apps
from builder.usecases.make_app import make_app
from builder.web.releases import listed
from builder.web.request import acting, address
from builder.web.texts import design_texts
from builder.web.views.center import AppCard, NewApp, card
from runtime.language.refusal import Conflict, InvalidAnswers
from runtime.language.speech import _
from runtime.store.database import db
from runtime.web.account import actor

bp = Blueprint("design", __name__, url_prefix="/design", template_folder="templates")
bp.add_app_template_global(design_texts)


@bp.get("/")
def home() -> str:
    """Show all apps."""
    return render_template("design/home.html", apps=_cards(), new=None)


@bp.post("/")
def make() -> ResponseReturnValue:
    """Begin a new app, and lead into it."""
    new = NewApp(
        code=request.form.get("code", "").strip()[:80],
        name=request.form.get("name", "").strip()[:200],
        like=request.form.get("like", "").strip()[:80],
    )
    try:
        make_app(**acting(), code=new.code, name=new.name, like=new.like, address=address())
    except InvalidAnswers as error:
        told = {one.path.removeprefix("$."): one.message for one in error.problems}
        return render_template("design/home.html", apps=_cards(), new=new.with_problems(told)), 422
    return redirect(url_for(".app", app=new.code))


@bp.get("/<app>/")
def app(app: str) -> ResponseReturnValue:
    """Lead to the forms of an app, where most work begins."""
    return redirect(url_for("objects.show", app=app, module="forms"))


@bp.post("/<app>/drop")
def drop(app: str) -> ResponseReturnValue:
    """Throw the draft of an app away."""
    try:
        kept = drop_draft(**acting(), app=app, seen=request.form.get("seen", ""), address=address())
    except Conflict as error:
        return listed(app, refusal=error.message), 409
    flash(_("已放弃未发布的修改") if kept else _("已删除未发布的应用"))
    return redirect(url_for(".home"))


def _cards() -> tuple[AppCard, ...]:
    return tuple(card(one) for one in list_apps(session=db.session(), actor=actor()))
