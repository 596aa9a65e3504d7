"""Log-in: who gets in, what the session is worth, where it leads, and how guessing is slowed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from runtime.running.context import Clock
from runtime.store import accounts, organisation
from runtime.store.passwords import fits, hash_password
from runtime.store.session import Session
from runtime.usecases.change_password import change_password
from runtime.usecases.log_in import MOST_FAILURES, TooManyFailures, WrongLogin, log_in
from tests.web.installation import PASSWORD, form

CLOCK = Clock.now()


def test_the_right_password_opens_the_first_page(client: FlaskClient) -> None:
    answer = client.post("/login", data=form())

    assert (answer.status_code, answer.location) == (302, "/")
    assert client.get("/").text == "工作台"


@pytest.mark.parametrize("given", [form(password="wrong"), form(login="nobody"), form(login="nora")])
def test_a_refusal_does_not_tell_what_was_wrong(client: FlaskClient, given: dict[str, str]) -> None:
    answer = client.post("/login", data=given)

    assert answer.status_code == 403
    assert "账号或密码不正确。" in answer.text


def test_without_log_in_pages_lead_to_it_and_back(client: FlaskClient) -> None:
    answer = client.get("/inbox?x=1")
    assert answer.location == "/login?next=/inbox?x%3D1"

    page = client.get(answer.location)
    assert 'name="next" value="/inbox?x=1"' in page.text
    assert client.post("/login", data=form(next="/inbox?x=1")).location == "/inbox?x=1"


def test_a_script_is_told_in_json_that_the_session_ended(client: FlaskClient) -> None:
    answer = client.post("/act", json={})

    assert answer.status_code == 401
    assert answer.get_json() == {"code": "login", "message": "登录已过期，请重新登录。", "login": "/login"}


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:x",
        "evil",
    ],
)
def test_nobody_is_led_elsewhere(client: FlaskClient, target: str) -> None:
    assert client.post("/login", data=form(next=target)).location == "/"


def test_a_session_prepared_by_somebody_else_is_thrown_away(client: FlaskClient) -> None:
    with client.session_transaction() as before:
        before["planted"] = "x"
        before["csrf_token"] = "known to the attacker"

    with client:
        client.post("/login", data=form())
        client.get("/")
        assert "planted" not in session
        assert session.get("csrf_token") != "known to the attacker"


def test_log_out_ends_it(client: FlaskClient) -> None:
    client.post("/login", data=form())
    client.post("/logout")

    assert client.get("/").status_code == 302


def test_a_changed_password_ends_all_other_sessions(app: Flask, session: Session) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    for browser in (here, elsewhere):
        browser.post("/login", data=form())
    given = {"old": PASSWORD, "new": "another long one", "again": "another long one"}

    assert here.post("/profile/password", data=given).location == "/profile"
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert log_in(session=session, clock=CLOCK, login="sam.s", password="another long one", address="x")


@pytest.mark.parametrize(
    ("old", "new", "again", "place"),
    [
        ("wrong", "another long one", "another long one", "原密码不正确。"),
        (PASSWORD, "short", "short", "新密码应有 10 到 200 个字符。"),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "新密码太容易猜到"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码与原密码相同"),
        (PASSWORD, "another long one", "another lone one", "两次输入的新密码不一致。"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(
    client: FlaskClient, session: Session, old: str, new: str, again: str, place: str
) -> None:
    client.post("/login", data=form())
    answer = client.post("/profile/password", data={"old": old, "new": new, "again": again})

    assert answer.status_code == 422
    assert place in answer.text
    account = accounts.by_login(session, "sam.s")
    assert account is not None
    assert fits(PASSWORD, account.password_hash)


def test_somebody_deactivated_is_out_at_once(client: FlaskClient, session: Session) -> None:
    client.post("/login", data=form())
    assert client.get("/").status_code == 200

    session.connection().exec_driver_sql("UPDATE person SET active = 0 WHERE code = 'sam'")
    session.commit()

    assert client.get("/").status_code == 302


def test_after_too_many_failures_even_the_right_password_waits_a_minute(session: Session) -> None:
    def attempt(password: str, *, after: timedelta = timedelta()) -> accounts.Account:
        clock = Clock(CLOCK.moment + after)
        return log_in(session=session, clock=clock, login="sam.s", password=password, address="x")

    for _ in range(MOST_FAILURES):
        with pytest.raises(WrongLogin):
            attempt("wrong")

    with pytest.raises(TooManyFailures):
        attempt(PASSWORD)
    assert attempt(PASSWORD, after=timedelta(seconds=61)).code == "sam"


def test_getting_in_forgets_the_failures_before(session: Session) -> None:
    for _ in range(MOST_FAILURES - 1):
        with pytest.raises(WrongLogin):
            log_in(session=session, clock=CLOCK, login="sam.s", password="wrong", address="x")

    log_in(session=session, clock=CLOCK, login=" sam.s ", password=PASSWORD, address="x")

    since = CLOCK.moment - timedelta(minutes=1)
    assert accounts.failures(session, login="sam.s", ip="x", since=since).of_login == 0


def test_a_hash_of_lower_cost_is_renewed_at_log_in(session: Session) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    organisation.set_password_hash(session, _sam(session).id, password_hash=weak)
    session.commit()

    log_in(session=session, clock=CLOCK, login="sam.s", password=PASSWORD, address="x")

    renewed = _sam(session).password_hash
    assert renewed != weak
    assert fits(PASSWORD, renewed)


def test_nobody_gets_in_without_a_stored_password() -> None:
    assert not fits("", None)
    assert not fits("nobody has this password", None)
    assert not fits("x", "not a hash")
    assert fits("密码也可以是中文的", hash_password("密码也可以是中文的"))


def test_language_is_kept_for_the_next_browser(app: Flask) -> None:
    first, second = app.test_client(), app.test_client()
    first.post("/login", data=form())
    first.post("/language", data={"language": "en", "next": "/profile"})

    second.post("/login", data=form())
    assert '<html lang="en">' in second.get("/profile").text


def test_changing_to_a_password_that_is_the_login_is_refused(session: Session) -> None:
    from runtime.language.refusal import InvalidAnswers

    organisation.set_password_hash(session, _sam(session).id, password_hash=hash_password(PASSWORD))
    session.connection().exec_driver_sql("UPDATE person SET login = 'sam.southerland' WHERE code = 'sam'")
    session.commit()
    given = {"old": PASSWORD, "new": "Sam.Southerland", "again": "Sam.Southerland"}

    with pytest.raises(InvalidAnswers, match="太容易猜到"):
        change_password(session=session, actor=_sam(session).id, **given)


def _sam(session: Session) -> accounts.Account:
    names = ("sam.s", "sam.southerland")
    return next(one for one in (accounts.by_login(session, name) for name in names) if one)
