"""`biaoliu pack export`."""

from pathlib import Path

import click

from builder.packs.export import export_pack
from runtime.commands.installation import session, settings, told


@click.command()
@click.argument("code", metavar="CODE")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="写到哪个文件；默认为当前目录的 CODE.zip。",
)
def export(code: str, out: Path | None) -> None:
    """把已安装应用的当前版本导出为 zip 包；同一版本导出的文件逐字节相同。"""
    with told(), session(settings()) as opened:
        content = export_pack(session=opened, app=code)
    path = out or Path(f"{code}.zip")
    path.write_bytes(content)
    click.echo(f"已导出 {path}（{len(content)} 字节）")
