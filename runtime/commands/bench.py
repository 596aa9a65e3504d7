"""`biaoliu bench`: starts the benchmark of the source tree."""

import subprocess
import sys
from pathlib import Path

import click

_TREE = Path(__file__).resolve().parents[2]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """与同类引擎比较性能，结果写入 bench/latest.json（只能在源码目录中运行）。"""
    if not (_TREE / "bench" / "run.py").is_file():
        raise click.ClickException("性能测试只在源码目录中提供：请在源码目录执行 make bench。")
    code = subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=_TREE, check=False).returncode
    raise click.exceptions.Exit(code)
