"""An app with people who can log in, on a SQLite file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from runtime.store.database import db
from runtime.store.session import Session, Sessions
from runtime.store.transaction import transaction
from runtime.web import auth
from runtime.web.account import know_people
from runtime.web.frame import frame
from tests.store.databases import empty, sqlite_engine
from tests.web import sample_work
from tests.web.installation import enter_people
from tests.web.site import Site


@pytest.fixture(scope="session")
def _furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with sqlite_engine(tmp_path_factory.mktemp("web")) as engine:
        yield engine


@pytest.fixture
def session(_furnished: Engine) -> Iterator[Session]:
    """A session on a database with people and nothing else."""
    empty(_furnished)
    with Sessions(_furnished)() as opened:
        with transaction(opened) as tx:
            enter_people(tx)
        yield opened


@pytest.fixture
def app(session: Session) -> Flask:
    """An app with log-in and one page behind it."""
    app = Flask("runtime.web", static_folder=None)
    url = str(session.engine.url)
    app.config.update(
        SECRET_KEY="for tests",
        SQLALCHEMY_DATABASE_URI=url,
        DEMO=False,
        ZONE=ZoneInfo("Asia/Shanghai"),
        TESTING=True,
    )
    db.init_app(app)
    frame(app)
    know_people(app)
    app.config["WTF_CSRF_ENABLED"] = False
    app.context_processor(lambda: {"shell": sample_work.shell("/")})
    app.register_blueprint(auth.bp)
    app.register_blueprint(_desk())
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has not logged in."""
    return app.test_client()


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site.build(tmp_path_factory.mktemp("site"))


@pytest.fixture
def site(_built: Site) -> Site:
    """The whole site with the five packs and their demo rows, as it was built."""
    _built.bring_back()
    return _built


def _desk() -> Blueprint:
    bp = Blueprint("work", __name__)
    bp.add_url_rule("/", "home", lambda: "工作台")
    for name in ("start", "inbox"):
        bp.add_url_rule(f"/{name}", name, lambda: "")
    bp.add_url_rule("/act", "act", lambda: "", methods=["POST"])
    return bp
