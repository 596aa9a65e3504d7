"""The tutorial is true: its blocks are a pack that checks and whose stories play."""

import re
from pathlib import Path

from click.testing import CliRunner

from runtime.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-pack.md"
BLOCK = re.compile(r"^```yaml file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _pack(folder: Path) -> Path:
    pack = folder / "supplies"
    for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(text, encoding="utf-8")
    return pack


def test_the_pack_of_the_tutorial_has_no_problem(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["pack", "check", str(_pack(tmp_path))])

    assert result.exit_code == 0, result.output


def test_the_stories_of_the_tutorial_play(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["pack", "test", str(_pack(tmp_path))])

    assert result.exit_code == 0, result.output
