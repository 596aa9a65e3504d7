"""`biaoliu pack check` and `biaoliu pack format`."""

import json
import sys
from pathlib import Path

import click

from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.packs.check import CheckedPack, check_packs
from runtime.packs.rewrite import canonical_changes

_PATHS = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(exists=True, path_type=Path)
)


@click.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，供程序读取。")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """检查一个或几个包（文件夹或 zip）：读取、引用、表达式、流程。

    几个包一起给出时互相解析引用；依赖的包若在同一文件夹下，会自动读取。有问题时退出码为 1。
    """
    packs = check_packs(paths)
    if as_json:
        found = [_record(pack, one) for pack in packs for one in pack.problems]
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for pack in packs:
            tell(pack)
    if any(pack.problems for pack in packs):
        sys.exit(1)


@click.command(name="format")
@_PATHS
@click.option("--check", "only_check", is_flag=True, help="只检查，不改写；有文件需要改写时退出码为 1。")
def format_(paths: tuple[Path, ...], only_check: bool) -> None:
    """把包文件夹中的 YAML 改写为规范格式；内容不变。"""
    changed = 0
    for path in paths:
        if not path.is_dir():
            raise click.UsageError(f"{path} 不是文件夹；zip 包请先解开。")
        try:
            changes = canonical_changes(path)
        except Problems as found:
            tell(CheckedPack(path, problems=found.problems))
            sys.exit(1)
        for file, text in changes.items():
            click.echo(f"{path / file}")
            if not only_check:
                (path / file).write_text(text, encoding="utf-8")
        changed += len(changes)
    if only_check and changed:
        sys.exit(1)


def tell(pack: CheckedPack) -> None:
    """Print the problems of a pack, each with file and line, or that it has none."""
    for problem in pack.problems:
        file, place = _where(problem)
        where = f"{pack.path / file}:{problem.line}" if problem.line else pack.path / file
        click.echo(f"{where}: {place} {problem.message} [{problem.code}]")
    if pack.problems:
        click.echo(f"{pack.path}：{len(pack.problems)} 个问题", err=True)
    elif pack.app is not None:
        manifest = pack.app.manifest
        click.echo(f"{pack.path}：{manifest.name} {manifest.version} 没有问题")


def _record(pack: CheckedPack, problem: Problem) -> dict[str, str | int | None]:
    file, place = _where(problem)
    return {
        "pack": str(pack.path),
        "file": file,
        "line": problem.line,
        "place": place,
        "code": problem.code,
        "message": problem.message,
    }


def _where(problem: Problem) -> tuple[str, str]:
    """Return file and place of a problem as text."""
    file, _ = split_path(problem.path)
    return file, problem.path.removeprefix(f"{file} ")
