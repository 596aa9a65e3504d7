"""Packs brought from elsewhere: taken in as a draft, or led on to where administrators install them."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from builder.usecases.designing import is_designer, not_designer
from builder.usecases.import_app import import_app
from builder.web.request import acting, address
from runtime.language.problem import Problems
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.settings import Settings
from runtime.store.blobs import MEGABYTE
from runtime.store.database import db
from runtime.web.account import actor
from runtime.web.admin_packs import problem_text
from runtime.web.limits import UPLOADS, limiter
from runtime.web.shell import current_menu
from runtime.web.views.admin import PackReport

bp = Blueprint("imports", __name__, url_prefix="/design/import")

#: What a multipart body has besides its file.
_AROUND = 64 * 1024
#: More problems than anybody reads at once.
_MOST_PROBLEMS = 200


@bp.url_value_preprocessor
def _let_large(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a designer's pack be longer than a form; before anything (the CSRF check) reads the body."""
    if current_user.is_authenticated and is_designer(session=db.session(), actor=actor()):
        request.max_content_length = _max_mb() * MEGABYTE + _AROUND


@bp.get("")
def show() -> str:
    """Show how a pack comes in."""
    if not is_designer(session=db.session(), actor=actor()):
        raise not_designer()
    return _page(None)


@bp.post("")
@limiter.limit(UPLOADS)
def take() -> ResponseReturnValue:
    """Take a pack in as a draft, and lead to what publishing it would change; or tell what is wrong."""
    given = request.files.get("pack")
    if given is None or not given.filename:
        return _page(PackReport(_("请选择一个应用包文件"), False, ())), 422
    try:
        app = import_app(
            **acting(),
            stream=cast(BinaryIO, given.stream),
            name=given.filename,
            max_mb=_max_mb(),
            address=address(),
        )
    except Problems as error:
        title = _("没有导入：发现 %(n)s 个问题", n=len(error.problems))
        lines = tuple(problem_text(one) for one in error.problems[:_MOST_PROBLEMS])
        return _page(PackReport(title, False, lines)), 422
    except Refused as error:
        if error.code not in ("file_too_big", "file_empty"):
            raise
        return _page(PackReport(_("没有导入"), False, (error.message,))), 422
    flash(_("已导入为草稿，核对后发布"))
    return redirect(url_for("publish.show", app=app))


def _page(report: PackReport | None) -> str:
    install_url = url_for("admin.packs") if current_menu().administrator else ""
    return render_template("design/import.html", report=report, install_url=install_url)


def _max_mb() -> int:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.max_file_mb
