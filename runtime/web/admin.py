"""Administration: packs, people, failed jobs, and the record of what administrators did."""

from typing import Any, BinaryIO, cast, get_args

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from runtime.language.problem import Problems
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.settings import Settings
from runtime.store.access import ADMINISTRATORS
from runtime.store.blobs import MEGABYTE, Blobs
from runtime.store.database import db
from runtime.store.people import Which
from runtime.usecases.install_zip import install_zip
from runtime.usecases.list_audit import list_audit
from runtime.usecases.list_failed_jobs import list_failed_jobs
from runtime.usecases.list_installed import list_installed
from runtime.usecases.list_people import list_people
from runtime.usecases.open_person import open_person
from runtime.usecases.open_zip import OpenedZip, open_zip
from runtime.usecases.reset_password import reset_password as give_new_password
from runtime.usecases.retry_job import retry_all_jobs, retry_job
from runtime.usecases.set_person_active import set_person_active
from runtime.usecases.set_roles import set_roles
from runtime.usecases.upload_zip import upload_zip
from runtime.web.account import actor
from runtime.web.admin_packs import installed_text, pack_lines, refusal, upload_page
from runtime.web.admin_page import audit_page, jobs_page, people_page, person_form
from runtime.web.clock import clock
from runtime.web.inputs import asked_number
from runtime.web.limits import UPLOADS, limiter
from runtime.web.shell import current_menu
from runtime.web.views.admin import PackReport

bp = Blueprint("admin", __name__, url_prefix="/admin")

_LONGEST_SEARCH = 80
#: What a multipart body has besides its file.
_AROUND = 64 * 1024
#: Fields of the bindings form begin with this, the slot's code follows.
_SLOT = "slot."


@bp.url_value_preprocessor
def _let_large(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let an administrator's pack be longer than a form; before anything (the CSRF check) reads the body."""
    if endpoint == "admin.install" and current_user.is_authenticated and current_menu().administrator:
        request.max_content_length = _blobs().max_mb * MEGABYTE + _AROUND


@bp.get("/")
def home() -> ResponseReturnValue:
    """Lead to the packs."""
    return redirect(url_for(".packs"))


@bp.get("/packs")
def packs() -> str:
    """Show the installed packs."""
    return _packs(None)


@bp.post("/packs")
@limiter.limit(UPLOADS)
def install() -> ResponseReturnValue:
    """Take a zip, and lead to what it would bring; or tell what is wrong with it."""
    given = request.files.get("pack")
    if given is None or not given.filename:
        raise BadRequest
    taken = upload_zip(**_acting(), stream=cast(BinaryIO, given.stream), name=given.filename, blobs=_blobs())
    if taken.problems:
        return _packs(refusal(taken.problems)), 422
    return redirect(url_for(".upload", file=taken.file))


@bp.get("/packs/uploads/<file>")
def upload(file: str) -> ResponseReturnValue:
    """Show what an upload would bring, and what it needs."""
    try:
        found = _opened(file)
    except Problems as error:
        return _packs(refusal(error.problems)), 422
    return render_template("admin/upload.html", upload=upload_page(found))


@bp.post("/packs/uploads/<file>")
def install_upload(file: str) -> ResponseReturnValue:
    """Install an upload; all of it, or nothing."""
    chosen = {name.removeprefix(_SLOT): code for name, code in request.form.items() if name.startswith(_SLOT)}
    demo = request.form.get("demo") == "1"
    try:
        done = install_zip(**_acting(), file=file, bindings=chosen, blobs=_blobs(), demo=demo)
    except InvalidAnswers as error:
        page = upload_page(_opened(file), chosen=chosen, problems=error.problems)
        return render_template("admin/upload.html", upload=page), 422
    except Problems as error:
        return _packs(refusal(error.problems)), 422
    flash(installed_text(done))
    if done.not_converted:
        return _packs(PackReport(_("已安装，但有内容未能转换"), True, done.not_converted))
    return redirect(url_for(".packs"))


@bp.get("/people")
def people() -> str:
    """Show a page of people."""
    words, which = request.args.get("q", "").strip()[:_LONGEST_SEARCH], _which()
    found = list_people(
        session=db.session(),
        actor=actor(),
        search=words,
        which=which,
        after=asked_number("after"),
        before=asked_number("before"),
    )
    page = people_page(found, viewer=actor(), words=words, which=which)
    return render_template("admin/people.html", page=page)


@bp.get("/people/<int(max=2147483647):person>")
def person(person: int) -> str:
    """Show somebody's account."""
    found = open_person(session=db.session(), actor=actor(), person=person)
    return render_template("admin/person.html", person=person_form(found))


@bp.post("/people/<int(max=2147483647):person>")
def save_roles(person: int) -> ResponseReturnValue:
    """Give somebody exactly the chosen roles."""
    roles = {code for code in request.form.getlist("role") if code != ADMINISTRATORS}
    if request.form.get("admin") == "1":
        roles.add(ADMINISTRATORS)
    changed = set_roles(**_acting(), person=person, roles=roles)
    flash(_("已保存 %(name)s 的角色", name=changed.name))
    return redirect(url_for(".person", person=person))


@bp.post("/people/<int(max=2147483647):person>/active")
def set_active(person: int) -> ResponseReturnValue:
    """Let somebody in again, or not any more; lead back to the list as it was."""
    active = request.form.get("active") == "1"
    changed = set_person_active(**_acting(), person=person, active=active)
    flash(_("已启用 %(name)s", name=changed.name) if active else _("已停用 %(name)s", name=changed.name))
    return redirect(url_for(".people", q=request.args.get("q"), state=request.args.get("state")))


@bp.post("/people/<int(max=2147483647):person>/password")
def reset_password(person: int) -> str:
    """Give somebody a new password, and show it.

    In the answer itself, on purpose: to lead elsewhere it would have to be kept somewhere.
    """
    made = give_new_password(**_acting(), person=person)
    return render_template("admin/password.html", name=made.name, login=made.login, password=made.password)


@bp.get("/jobs")
def jobs() -> str:
    """Show what could not be delivered."""
    found = list_failed_jobs(session=db.session(), actor=actor(), before=asked_number("before"))
    return render_template("admin/jobs.html", page=jobs_page(found))


@bp.post("/jobs/<int:job>/retry")
def retry(job: int) -> ResponseReturnValue:
    """Have one job tried again."""
    retry_job(**_acting(), job=job)
    flash(_("已安排立即重试"))
    return redirect(url_for(".jobs"))


@bp.post("/jobs/retry")
def retry_all() -> ResponseReturnValue:
    """Have every failed job tried again."""
    count = retry_all_jobs(**_acting())
    flash(_("已安排 %(n)s 项立即重试", n=count))
    return redirect(url_for(".jobs"))


@bp.get("/audit")
def audit() -> str:
    """Show what administrators did."""
    found = list_audit(session=db.session(), actor=actor(), before=asked_number("before"))
    return render_template("admin/audit.html", page=audit_page(found))


def _packs(report: PackReport | None) -> str:
    found = list_installed(session=db.session(), actor=actor())
    return render_template("admin/packs.html", packs=pack_lines(found), report=report)


def _opened(file: str) -> OpenedZip:
    return open_zip(session=db.session(), actor=actor(), file=file, blobs=_blobs())


def _acting() -> dict[str, Any]:
    """Return what every use case that changes something is told of this request."""
    return {
        "session": db.session(),
        "clock": clock(),
        "actor": actor(),
        "address": request.remote_addr or "",
    }


def _which() -> Which:
    asked = request.args.get("state", "active")
    return cast(Which, asked) if asked in get_args(Which) else "active"


def _blobs() -> Blobs:
    settings: Settings = current_app.config["SETTINGS"]
    return Blobs(settings.files_dir, settings.max_file_mb)
