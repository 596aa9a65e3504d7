"""The web application. It starts no threads: `biaoliu serve` does, and tests deliver by hand."""

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from runtime.settings import Settings
from runtime.store.database import db
from runtime.store.migrating import MIGRATIONS
from runtime.web.account import know_people
from runtime.web.frame import frame
from runtime.web.routes import BLUEPRINTS
from runtime.web.shell import show_shell
from runtime.web.wing import Wing
from runtime.wings import entries

#: Bytes of a request that carries no file: a form of 2,000 rows has less than half of it.
LARGEST_FORM = 5 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the application for one installation.

    :raises runtime.web.assets.MissingFiles: if the browser's files were not copied.
    """
    # Named for the folder with the templates.
    app = Flask("runtime.web", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        SETTINGS=settings,
        DEMO=settings.demo,
        ZONE=settings.time_zone,
    )
    db.init_app(app)
    # `flask --app wsgi db …` for whoever changes the fixed tables; `biaoliu init` migrates by itself.
    Migrate(app, db, directory=str(MIGRATIONS))
    wings: list[Wing] = [entry.load() for entry in entries("biaoliu.wings")]
    frame(
        app,
        https=settings.https,
        limits_in=settings.redis_url or "memory://",
        catalogs=[one.catalogs for one in wings],
    )
    know_people(app)
    show_shell(app, wings)
    for blueprint in (*BLUEPRINTS, *(page for one in wings for page in one.pages)):
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "health", _health)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own advice
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _health() -> tuple[str, int]:
    """Answer whether the database does."""
    db.session().execute(text("SELECT 1"))
    return "ok\n", 200
