"""`biaoliu init`: database, organisation, packs. Again and again, it changes only what has changed."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from runtime.commands.installation import clock, session, settings, told
from runtime.packs.read import PackFiles, read_pack
from runtime.settings import Settings
from runtime.store.database import make_engine
from runtime.store.migrating import upgrade
from runtime.store.tables import setting
from runtime.store.transaction import transaction
from runtime.store.upsert import insert
from runtime.usecases.install_packs import Options, install_packs
from runtime.usecases.set_up import set_up

#: Setting that says which packs folder was installed last.
_INSTALLED = "init.packs"


@click.command()
@click.option("--demo", is_flag=True, help="装入演示组织、演示数据，登录页显示演示账号。")
@click.option(
    "--packs",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="要安装的应用包所在文件夹；演示模式默认为 ./packs。",
)
def init(demo: bool, folder: Path | None) -> None:
    """建立或升级数据库，装入演示组织与应用包。"""
    of = settings()
    prepare(of, demo=demo or of.demo, folder=folder)


def prepare(of: Settings, *, demo: bool, folder: Path | None = None) -> None:
    """Make or upgrade the database, enter the organisation, install a folder of packs; tell what was new."""
    engine = make_engine(of.database_url)
    upgrade(engine)
    engine.dispose()
    with session(of) as opened:
        made = set_up(session=opened, demo=demo)
    if made.people:
        click.echo(f"已建立组织：{made.people} 人。")
    if made.admin_password:
        click.echo(f"管理员登录名 admin，初始密码 {made.admin_password}（请登录后修改）")
    folder = folder or (Path("packs") if demo and Path("packs").is_dir() else None)
    if folder is not None:
        _install(of, folder, demo=demo)


def _install(of: Settings, folder: Path, *, demo: bool) -> None:
    paths = sorted(one for one in folder.iterdir() if (one / "pack.yaml").is_file())
    with told(), session(of) as opened:
        packs = [read_pack(path) for path in paths]
        digest = _digest(packs, demo=demo)
        if opened.scalar(select(setting.c.value).where(setting.c.key == _INSTALLED)) == digest:
            click.echo(f"应用包没有变化（{len(packs)} 个）。")
            return
        done = install_packs(
            session=opened,
            clock=clock(of),
            actor=0,
            packs=packs,
            options=Options(make_roles=True, demo=demo, note="biaoliu init"),
        )
        for one in done:
            state = f"第 {one.release} 版" if one.changed else "没有变化"
            click.echo(f"应用 {one.app} {one.name} {one.version}：{state}，写入 {one.rows} 行")
        with transaction(opened) as tx:
            row = insert(tx, setting).values(key=_INSTALLED, value=digest)
            tx.execute(row.on_conflict_do_update(index_elements=["key"], set_={"value": digest}))


def _digest(packs: Sequence[PackFiles], *, demo: bool) -> str:
    """Return what tells one content of the folder from another."""
    found = hashlib.sha256(b"demo" if demo else b"")
    for pack in packs:
        for name, text in sorted(pack.texts.items()):
            found.update(name.encode() + b"\0" + text.encode() + b"\0")
        for name, data in sorted(pack.data.items()):
            found.update(name.encode() + b"\0" + data + b"\0")
    return found.hexdigest()
