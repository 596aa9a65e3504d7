"""`biaoliu pack install` and `biaoliu pack list`."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from runtime.commands.installation import clock, session, settings, told
from runtime.commands.pack_check import tell
from runtime.language.app import App
from runtime.packs.check import check_packs
from runtime.packs.find import find_pack
from runtime.packs.world import world
from runtime.usecases.install_packs import Installed, Options, install_packs
from runtime.usecases.list_packs import PackLine, list_packs

#: Where packs are found by their code.
PACKS = Path("packs")


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="PACK…")
@click.option(
    "--bind",
    "bindings",
    multiple=True,
    metavar="SLOT=CODE",
    help="岗位槽对应的角色、部门、岗位或人员编码；可多次给出。",
)
@click.option("--make-roles", is_flag=True, help="没有的角色自动建立（没有成员）。")
@click.option("--demo", is_flag=True, help="同时写入包中的演示数据。")
@click.option("--note", default="", help="版本说明。")
def install(
    names: tuple[str, ...], bindings: tuple[str, ...], make_roles: bool, demo: bool, note: str
) -> None:
    """安装或升级应用包（文件夹、zip，或 ./packs 中的包代码）；全部成功，或什么都不改。"""
    of = settings()
    with told(), session(of) as opened:
        paths = [find_pack(name, below=PACKS) for name in names]
        packs = check_packs(paths, others=world(opened).apps)
        for pack in packs:
            if pack.problems:
                tell(pack)
        if any(pack.problems for pack in packs):
            click.echo("未安装任何包。", err=True)
            sys.exit(1)
        options = Options(
            bindings=_bindings(bindings, [pack.app for pack in packs if pack.app]),
            make_roles=make_roles,
            demo=demo,
            note=note,
        )
        done = install_packs(
            session=opened, clock=clock(of), actor=0, packs=[pack.files for pack in packs], options=options
        )
    for one in done:
        _tell_installed(one)


@click.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
def list_(as_json: bool) -> None:
    """列出已安装的应用包、版本与岗位槽的绑定。"""
    with told(), session(settings()) as opened:
        packs = list_packs(session=opened)
    if as_json:
        click.echo(json.dumps([_record(pack) for pack in packs], ensure_ascii=False))
        return
    for pack in packs:
        click.echo(f"{pack.code} {pack.name} {pack.release.version} 第 {pack.release.number} 版")
        for one in pack.slots:
            lacks = "（尚无此编码）" if one.missing else ""
            click.echo(f"  {one.slot.code} {one.slot.name} → {one.target}{lacks}")
    if not packs:
        click.echo("还没有安装应用包。")


def _bindings(given: Iterable[str], apps: list[App]) -> Mapping[str, str]:
    slots = {slot.code for app in apps for slot in app.manifest.slots}
    slots |= {f"{app.code}/{slot.code}" for app in apps for slot in app.manifest.slots}
    found: dict[str, str] = {}
    for one in given:
        slot, sign, code = one.partition("=")
        if not sign or not code:
            raise click.UsageError(f"--bind 应写作 岗位槽=编码，实为 {one}")
        if slot not in slots:
            raise click.UsageError(f"这些包没有岗位槽 {slot}，现有 {'、'.join(sorted(slots)) or '无'}")
        found[slot] = code
    return found


def _tell_installed(one: Installed) -> None:
    state = f"第 {one.release} 版" if one.changed else "没有变化"
    made = f"新建 {len(one.made)} 个表或列，" if one.made else ""
    click.echo(f"{one.app} {one.name} {one.version}：{state}，{made}写入 {one.rows} 行")
    for text in one.not_converted:
        click.echo(f"  未能转换：{text}")


def _record(pack: PackLine) -> Mapping[str, object]:
    return {
        "code": pack.code,
        "name": pack.name,
        "version": pack.release.version,
        "release": pack.release.number,
        "content_hash": pack.release.content_hash,
        "installed_at": pack.release.created_at.isoformat(),
        "requires": list(pack.requires),
        "slots": [
            {"code": one.slot.code, "kind": one.slot.kind, "target": one.target, "missing": one.missing}
            for one in pack.slots
        ],
    }
