"""`biaoliu tidy`: housekeeping now, for a timer of the operating system or before a backup."""

from datetime import UTC, datetime

import click

from runtime.commands.installation import settings
from runtime.jobs.housekeeping import tidy as remove_old
from runtime.store.database import make_engine
from runtime.store.session import Sessions


@click.command()
def tidy() -> None:
    """清理过期内容：24 小时未保存的上传、旧的登录失败记录、30 天前已送达的消息。

    网站和 worker 每小时自动清理一次，通常不必手工执行。
    """
    of = settings()
    engine = make_engine(of.database_url)
    try:
        done = remove_old(Sessions(engine), files_dir=of.files_dir, now=datetime.now(UTC))
    finally:
        engine.dispose()
    click.echo(
        f"已清理上传 {done.uploads} 个、文件内容 {done.contents} 个、登录失败记录 {done.failures} 条、"
        f"已送达事项 {done.deliveries} 条、请求应答 {done.answers} 条。"
    )
