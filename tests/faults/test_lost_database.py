"""Connections to PostgreSQL that break: between two actions, in the middle of one, and in its commit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_login import current_user
from sqlalchemy import text

from runtime.store import accounts, fault_point, task_lists
from runtime.store.database import db, make_engine
from runtime.store.fault_point import AFTER_LOCK, BEFORE_COMMIT
from runtime.store.session import Sessions
from runtime.store.tables import event, flow_case
from runtime.web.account import actor, know_people, remember
from tests.faults.consistency import inconsistencies
from tests.faults.office import Office
from tests.faults.orders import Order, answer
from tests.faults.wire import wire
from tests.needs import needs_postgres

pytestmark = pytest.mark.parametrize("database", [pytest.param("postgresql", marks=needs_postgres)])

_END_OTHERS = text(
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def app(trial: Office) -> Iterator[Sessions]:
    """Yield sessions with connections of their own, as the application would have them."""
    engine = make_engine(trial.url)
    yield Sessions(engine)
    engine.dispose()


@pytest.fixture
def approval(trial: Office) -> Order:
    """Return an order that decides a case."""
    return trial.act("p111", trial.done(trial.submit("p000", "either", {"subject": "断线"})))


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    fault_point.arm(None)


def end_connections(office: Office) -> int:
    """End every connection to the database but our own, as a restart of the server does; return how many."""
    with office.engine.connect() as connection:
        return int(connection.execute(_END_OTHERS).scalar_one())


def test_the_first_action_after_a_restart_works(trial: Office, app: Sessions, approval: Order) -> None:
    with app() as one, app() as other:  # two connections in the pool, both about to be dead
        for session in (one, other):
            session.execute(text("SELECT 1"))
    assert end_connections(trial) >= 2

    assert answer(app, approval)["done"] == "approve"
    assert answer(app, trial.submit("p000", "plain", {"amount": "5"}))["done"] == "submit"
    assert inconsistencies(trial.engine) == []


def test_the_first_page_after_a_restart_is_shown(trial: Office) -> None:
    app = Flask("trial", static_folder=None)
    app.config.update(SECRET_KEY="for tests", SQLALCHEMY_DATABASE_URI=trial.url)
    db.init_app(app)
    know_people(app)
    app.add_url_rule("/login", "auth.log_in", _enter)
    app.add_url_rule(
        "/", "home", lambda: f"{current_user.name} {len(task_lists.waiting_for(db.session(), person=1))}"
    )
    browser = app.test_client()
    browser.get("/login")
    assert browser.get("/").text == "人员p000 0"

    assert end_connections(trial) >= 1

    assert browser.get("/").text == "人员p000 0"
    with app.app_context():
        db.engine.dispose()


def _home() -> str:
    return f"{current_user.name} {len(task_lists.waiting_for(db.session(), person=actor()))}"


def _enter() -> str:
    """Stand in for the log-in page: whoever comes is p000."""
    account = accounts.by_login(db.session(), "p000")
    assert account is not None
    remember(account)
    return ""


@pytest.mark.parametrize("point", [AFTER_LOCK, BEFORE_COMMIT])
def test_an_action_whose_connection_breaks_is_done_once(
    trial: Office, app: Sessions, approval: Order, point: str
) -> None:
    ended: list[int] = []

    def end(reached: str) -> None:
        if reached == point and not ended:
            ended.append(end_connections(trial))

    fault_point.arm(end)

    assert answer(app, approval)["done"] == "approve"
    assert ended == [1]
    assert trial.count(event, client_token=approval["token"]) == 1
    assert inconsistencies(trial.engine) == []


@pytest.mark.parametrize("lost", [1, 2])
def test_an_action_that_was_committed_but_not_answered_is_done_once(
    trial: Office, approval: Order, lost: int
) -> None:
    with wire(trial.engine.url) as (cut, url):
        engine = make_engine(url)
        orders = [approval, trial.submit("p000", "plain", {"amount": "5"}), trial.draft("p000", "plain", {})]
        for asked in orders:
            cut.to_swallow = lost
            answered = answer(Sessions(engine), asked)
            assert "done" in answered, answered
        engine.dispose()
    assert cut.swallowed == lost * len(orders)

    assert [trial.count(event, client_token=asked["token"]) for asked in orders] == [1, 1, 1]
    assert trial.count(flow_case) == 3
    assert inconsistencies(trial.engine) == []
