"""Log in, log out, one's own settings."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from runtime.demo.people import LOGINS, PASSWORD
from runtime.language.directory import Directory
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _, listed
from runtime.store import directory as directories
from runtime.store.database import db
from runtime.usecases.change_password import change_password as change_it
from runtime.usecases.choose_language import choose_language
from runtime.usecases.log_in import TooManyFailures, WrongLogin
from runtime.usecases.log_in import log_in as let_in
from runtime.web.account import actor, remember
from runtime.web.clock import clock
from runtime.web.languages import LANGUAGES, language
from runtime.web.limits import LOG_INS, limiter

bp = Blueprint("auth", __name__)


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit(LOG_INS, methods=["POST"], key_func=lambda: f"log-in {request.remote_addr}")
def log_in() -> ResponseReturnValue:
    """Let somebody in, or show the log-in page; go on if somebody is in already."""
    if request.method == "POST":
        return _try(request.form)
    if current_user.is_authenticated:
        return redirect(safe_target(request.args.get("next")))
    return _log_in_page()


def _try(form: Mapping[str, str]) -> ResponseReturnValue:
    try:
        account = let_in(
            session=db.session(),
            clock=clock(),
            login=form.get("login", ""),
            password=form.get("password", ""),
            address=request.remote_addr or "",
        )
    except WrongLogin as refusal:
        return _log_in_page(problem=refusal.message), 403
    except TooManyFailures as refusal:
        return _log_in_page(problem=refusal.message), 429
    remember(account)
    return redirect(safe_target(form.get("next")))


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    """End the session."""
    chosen = session.get("language")
    logout_user()
    session.clear()
    if chosen:
        session["language"] = chosen
    return redirect(url_for("auth.log_in"))


@bp.get("/profile")
def profile() -> ResponseReturnValue:
    """Show one's own account, language and password."""
    return _profile({})


@bp.post("/profile/password")
def change_password() -> ResponseReturnValue:
    """Change one's own password; this session goes on, all others end."""
    form = request.form
    try:
        account = change_it(
            session=db.session(),
            actor=actor(),
            old=form.get("old", ""),
            new=form.get("new", ""),
            again=form.get("again", ""),
        )
    except InvalidAnswers as refusal:
        return _profile({one.path.removeprefix("$."): one.message for one in refusal.problems}), 422
    remember(account)
    flash(_("密码已修改，其他设备需要重新登录"))
    return redirect(url_for("auth.profile"))


@bp.post("/language")
def change_language() -> ResponseReturnValue:
    """Change the language of the pages, for this session and for the person."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
        if current_user.is_authenticated:
            choose_language(session=db.session(), actor=actor(), language=wanted)
    return redirect(safe_target(request.form.get("next")))


def safe_target(wanted: str | None) -> str:
    """Return `wanted` if it is a path of ours, else the first page: nobody is led elsewhere after log-in."""
    home = url_for("work.home")
    if not wanted or not wanted.startswith("/") or wanted.startswith("//"):
        return home
    # Browsers read a backslash as a slash and leave out control characters.
    if "\\" in wanted or any(ord(one) < 32 for one in wanted):
        return home
    parts = urlsplit(wanted)
    return home if parts.scheme or parts.netloc else wanted.rstrip("?")


def _log_in_page(problem: str = "") -> str:
    given = request.values
    demo: tuple[Mapping[str, str], ...] = ()
    if current_app.config["DEMO"]:
        demo = tuple(_demo(directories.today(db.session())))
    return render_template(
        "auth/log_in.html",
        problem=problem,
        login=given.get("login", "")[:200],
        next=given.get("next", ""),
        demo=demo,
        demo_password=PASSWORD,
    )


def _demo(directory: Directory) -> list[Mapping[str, str]]:
    people = ((directory.person(code), note) for code, note in LOGINS.items())
    return [
        {"login": person.code, "name": person.name, "note": note}
        for person, note in people
        if person and person.active
    ]


def _profile(problems: Mapping[str, str]) -> str:
    directory = directories.today(db.session())
    person = directory.by_id(actor())
    facts: tuple[tuple[str, str], ...] = ((_("账号"), current_user.account.login),)
    if person:
        department = directory.departments.get(person.department or "")
        post = directory.posts.get(person.post or "")
        roles = sorted(directory.roles[code].name for code in directory.roles_of(person.code))
        facts = (
            (_("姓名"), person.name),
            *facts,
            (_("部门"), department.name if department else ""),
            (_("岗位"), post.name if post else ""),
            (_("角色"), listed(roles)),
        )
    return render_template("auth/profile.html", facts=facts, problems=problems, language=language())
