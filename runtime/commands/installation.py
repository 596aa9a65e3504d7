"""What commands share: the settings, a session on the installation's database, and how failures are told."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from environs import EnvError

from runtime.language.problem import Problems
from runtime.language.refusal import InvalidAnswers, Refused
from runtime.running.context import Clock
from runtime.settings import Settings, read_settings
from runtime.store.database import make_engine
from runtime.store.migrating import is_up_to_date
from runtime.store.session import Session, Sessions


def settings() -> Settings:
    """Return the settings of the environment; a wrong one ends the command with a sentence."""
    try:
        return read_settings()
    except EnvError as error:
        raise click.ClickException(f"环境变量有误：{error}") from error


@contextmanager
def session(of: Settings) -> Iterator[Session]:
    """Open a session on the installation's database."""
    engine = make_engine(of.database_url)
    try:
        if not is_up_to_date(engine):
            raise click.ClickException("数据库还没有建立或需要升级，请先运行 biaoliu init。")
        with Sessions(engine)() as opened:
            yield opened
    finally:
        engine.dispose()


def clock(of: Settings) -> Clock:
    """Return the clock as it stands, in the installation's zone."""
    return Clock.now(of.time_zone)


@contextmanager
def told() -> Iterator[None]:
    """Turn problems and refusals into lines on the terminal and exit code 1."""
    try:
        yield
    except Problems as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"发现 {len(error.problems)} 个问题，未做任何改动。", err=True)
        sys.exit(1)
    except InvalidAnswers as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(1)
    except Refused as error:
        raise click.ClickException(error.message) from error
