"""The releases of an app: listed, compared, exported, brought back."""

from io import BytesIO

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from builder.usecases.export_app import export_app
from builder.usecases.go_back import go_back
from builder.usecases.list_releases import compare_releases, list_releases
from builder.web.releases_page import comparison_page, releases_page
from builder.web.request import acting, address
from builder.web.views.frame import frame
from runtime.language.speech import _
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.inputs import asked_number

bp = Blueprint("releases", __name__, url_prefix="/design/<app>/releases")


@bp.get("/")
def show(app: str) -> str:
    """Show all releases."""
    return listed(app)


@bp.get("/compare")
def compare(app: str) -> str:
    """Show two releases side by side, or one and the draft."""
    before, after = request.args.get("from", "")[:20], request.args.get("to", "")[:20]
    found = compare_releases(session=db.session(), actor=actor(), app=app, before=before, after=after)
    return render_template(
        "design/compare.html",
        frame=frame(found.opened, module="releases", name=_("比较")),
        page=comparison_page(found),
    )


@bp.get("/export")
def export(app: str) -> ResponseReturnValue:
    """Send a release as a zip, or the draft (without `number`)."""
    number = asked_number("number")
    made = export_app(session=db.session(), actor=actor(), app=app, number=number)
    return send_file(
        BytesIO(made.content), mimetype="application/zip", as_attachment=True, download_name=made.name
    )


@bp.post("/<int(max=2147483647):number>/back")
def back(app: str, number: int) -> ResponseReturnValue:
    """Make the content of a release the draft's, and show what publishing it would change."""
    files = go_back(**acting(), app=app, number=number, address=address())
    if not files:
        flash(_("草稿与第 %(n)s 版内容相同，没有变化", n=number))
        return redirect(url_for(".show", app=app))
    flash(_("草稿已回到第 %(n)s 版的内容；核对后发布", n=number))
    return redirect(url_for("publish.show", app=app))


def listed(app: str, *, refusal: str = "") -> str:
    """Return the page of all releases; `refusal` is what was said against dropping the draft."""
    found = list_releases(session=db.session(), actor=actor(), app=app)
    return render_template(
        "design/releases.html",
        frame=frame(found.opened, module="releases"),
        page=releases_page(found, refusal=refusal),
    )
