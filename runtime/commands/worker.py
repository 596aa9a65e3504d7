"""`biaoliu worker` and `biaoliu drain`: deliver what waits in the outbox, for ever or once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from runtime.commands.installation import settings
from runtime.jobs.drain import drain_all
from runtime.jobs.embedded import INTERVAL
from runtime.jobs.handlers import HANDLERS
from runtime.jobs.housekeeping import Housekeeper
from runtime.jobs.worker import work
from runtime.settings import Settings
from runtime.store.database import make_engine
from runtime.store.session import Sessions


@click.command()
@click.option(
    "--interval",
    default=INTERVAL,
    show_default=True,
    help="没有提醒时，每隔多少秒查看一次。",
    type=click.FloatRange(min=0.1),
)
def worker(interval: float) -> None:
    """持续处理发件箱；设置了 REDIS_URL 时由 rq 提醒，Redis 不在时照常按间隔处理。"""
    found = settings()
    with _opened(found) as opened:
        tidy = Housekeeper(opened, files_dir=found.files_dir, clock=_now)
        work(opened, redis_url=found.redis_url, clock=_now, interval=interval, afterwards=tidy)


@click.command()
def drain() -> None:
    """把发件箱中到期的事项处理一遍后退出。"""
    with _opened(settings()) as opened:
        report = drain_all(opened, HANDLERS, clock=_now)
    click.echo(f"已处理 {report.done} 项，稍后重试 {report.failed} 项，失败终止 {report.dead} 项。")
    if report.dead:
        raise click.exceptions.Exit(1)


@contextmanager
def _opened(of: Settings) -> Iterator[Sessions]:
    engine = make_engine(of.database_url)
    try:
        yield Sessions(engine)
    finally:
        engine.dispose()


def _now() -> datetime:
    return datetime.now(UTC)
