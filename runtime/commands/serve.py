"""`biaoliu serve`: the website for a laptop or a small office; it drains the outbox itself."""

import os
from datetime import datetime

import click
from waitress import create_server

from runtime.app import create_app
from runtime.collector import settle
from runtime.commands.init import prepare
from runtime.commands.installation import settings
from runtime.demo.people import LOGINS, PASSWORD
from runtime.jobs.embedded import DrainThread
from runtime.jobs.housekeeping import Housekeeper
from runtime.jobs.wake import RedisAlarm, wake_after_commit
from runtime.running.context import Clock
from runtime.store.database import db
from runtime.store.session import Sessions


@click.command()
@click.option(
    "--host", default=lambda: os.environ.get("HOST", "127.0.0.1"), help="监听地址，默认 127.0.0.1。"
)
@click.option(
    "--port", type=int, default=lambda: int(os.environ.get("PORT", "8000")), help="端口，默认 8000。"
)
@click.option("--threads", default=8, show_default=True, help="同时处理的请求数。")
@click.option("--init", "initial", is_flag=True, help="先做 biaoliu init 所做的事。")
def serve(host: str, port: int, threads: int, initial: bool) -> None:
    """启动网站（内嵌后台投递）。生产环境请用 gunicorn wsgi:app 与 biaoliu worker。"""
    of = settings()
    if initial:
        prepare(of, demo=of.demo)
    app = create_app(of)
    with app.app_context():
        opened = Sessions(db.engine)
    tidy = Housekeeper(opened, files_dir=of.files_dir, clock=_now)
    drainer = DrainThread(opened, clock=_now, afterwards=tidy)
    wake_after_commit(opened, drainer.wake)
    with app.app_context():
        wake_after_commit(db.session.sessions, RedisAlarm(of.redis_url) if of.redis_url else drainer.wake)
    server = create_server(
        app, host=host, port=port, threads=threads, ident="biaoliu", clear_untrusted_proxy_headers=True
    )
    drainer.start()
    settle()
    click.echo(f"\n表流已启动：http://{host}:{port}\n")
    if of.demo:
        _tell_logins()
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("\n正在停止……")
    finally:
        server.close()
        drainer.stop()


def _now() -> datetime:
    return Clock.now().moment


def _tell_logins() -> None:
    click.echo(f"演示账号（密码都是 {PASSWORD}）：")
    for code, can in LOGINS.items():
        click.echo(f"  {code:<6} {can}")
    click.echo("")
