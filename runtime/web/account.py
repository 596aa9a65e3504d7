"""Who is logged in: the session holds the person's number and a seal of the password, nothing else."""

import hashlib
from functools import partial

from flask import Flask, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user

from runtime.language.speech import _
from runtime.store import accounts
from runtime.store.accounts import Account
from runtime.store.database import db
from runtime.store.transaction import with_retry
from runtime.web.errors import wants_json

#: What is open to everybody.
OPEN = frozenset({"static", "auth.log_in", "auth.change_language", "health"})


class LoggedIn(UserMixin):
    """The person behind a request."""

    def __init__(self, account: Account) -> None:
        self.account = account
        #: The person's number, as use cases take it for `actor`.
        self.number = account.id
        self.name = account.name
        self.locale = account.locale

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.account.active

    def get_id(self) -> str:
        """Return what the session keeps: it ends with the password it was made with."""
        return f"{self.account.id}.{seal(self.account)}"


def know_people(app: Flask) -> None:
    """Load the person of each request, and send everybody else to the log-in page."""
    manager = LoginManager(app)
    manager.session_protection = "strong"
    manager.user_loader(_loaded)
    app.before_request(_require_person)


def remember(account: Account) -> None:
    """Begin a session for somebody who has just shown who they are.

    Whatever the session held before goes: a session that somebody else prepared is worth nothing.
    """
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    login_user(LoggedIn(account))


def seal(account: Account) -> str:
    """Return what a session carries beside the number: another password, and every session of before ends."""
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:16]


def actor() -> int:
    """Return the number of the person behind this request."""
    number: int = current_user.number
    return number


def actor_code() -> str:
    """Return the code of the person behind this request."""
    code: str = current_user.account.code
    return code


def _loaded(kept: str) -> LoggedIn | None:
    number, _dot, sealed = kept.partition(".")
    account = with_retry(partial(_account, int(number))) if number.isascii() and number.isdigit() else None
    if account is None or not account.active or seal(account) != sealed:
        return None
    return LoggedIn(account)


def _account(number: int) -> Account | None:
    # The first thing a request asks of its connection, which a restart of the database has ended: what was
    # tried in vain is rolled back, and the pool gives another one.
    tx = db.session()
    tx.rollback()
    return accounts.by_id(tx, number)


def _require_person() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN or current_user.is_authenticated:
        return None
    if wants_json():
        login = url_for("auth.log_in")
        return jsonify(code="login", message=_("登录已过期，请重新登录。"), login=login), 401
    wanted = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("auth.log_in", next=wanted or None))
