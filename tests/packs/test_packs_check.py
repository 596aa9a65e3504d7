import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from runtime.cli import main
from runtime.language.problem import Problems
from runtime.packs.check import check_packs
from runtime.packs.rewrite import canonical_changes
from runtime.packs.rows import read_rows
from tests.packs.zips import files_below, zipped

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "tests" / "data" / "packs"
#: The packs of the product.
SHIPPED = sorted(path.parent for path in (ROOT / "packs").glob("*/pack.yaml"))


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Packs that a test may break."""
    shutil.copytree(PACKS, tmp_path / "packs")
    return tmp_path / "packs"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_shipped_packs_have_no_problems() -> None:
    assert SHIPPED
    assert [str(one) for pack in check_packs(SHIPPED) for one in pack.problems] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_pack_is_written_canonically(path: Path) -> None:
    assert list(canonical_changes(path)) == []


def test_right_packs_are_named_and_the_exit_code_is_0(copies: Path) -> None:
    result = run("pack", "check", copies / "stock", copies / "depot")
    assert result.exit_code == 0, result.output
    assert "库房 1.0.0 没有问题" in result.output


def test_every_problem_is_printed_with_file_and_line(copies: Path) -> None:
    edit(copies / "stock" / "forms" / "issue.yaml", "of: total", "of: totl")
    edit(copies / "stock" / "rules" / "issue_flow.yaml", "qty < 5", "qy < 5")
    result = run("pack", "check", copies / "stock")
    assert result.exit_code == 1
    assert f"{copies}/stock/forms/issue.yaml:19: $.fields[5].of 没有字段 totl，是否想写" in result.output
    assert f"{copies}/stock/rules/issue_flow.yaml:4: $[1].when" in result.output


def test_a_pack_that_cannot_be_loaded_is_told_with_its_lines(copies: Path) -> None:
    edit(copies / "stock" / "forms" / "issue.yaml", "type: boolean", "type: bolean")
    edit(copies / "stock" / "menu.yaml", "- {flow", "- {{flow")
    result = run("pack", "check", copies / "stock")
    assert result.exit_code == 1
    assert f"{copies}/stock/forms/issue.yaml:7: $.fields[2].type" in result.output
    assert f"{copies}/stock/menu.yaml:1: $" in result.output


def test_problems_can_be_read_by_programs(copies: Path) -> None:
    edit(copies / "stock" / "forms" / "issue.yaml", "of: total", "of: totl")
    result = run("pack", "check", "--json", copies / "stock")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {
            "pack": f"{copies}/stock",
            "file": "forms/issue.yaml",
            "line": 19,
            "place": "$.fields[5].of",
            "code": "unknown_reference",
            "message": "没有字段 totl，是否想写 total",
        }
    ]


def needs_depot(copies: Path) -> None:
    manifest = copies / "stock" / "pack.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "requires: [depot]\n", encoding="utf-8")
    field = "  - {code: unit, type: lookup, label: 仓位, from: depot/unit, key: unit_no}\nviews:\n"
    edit(copies / "stock" / "tables" / "goods.yaml", "views:\n", field)


def test_packs_given_together_may_refer_to_each_other_in_any_order(copies: Path, tmp_path: Path) -> None:
    needs_depot(copies)
    archive = tmp_path / "depot.zip"
    archive.write_bytes(zipped(files_below(copies / "depot")))
    shutil.rmtree(copies / "depot")
    assert run("pack", "check", copies / "stock", archive).exit_code == 0
    alone = run("pack", "check", copies / "stock")
    assert alone.exit_code == 1
    assert "依赖的包 depot 不在检查范围内" in alone.output


def test_a_required_pack_in_the_same_folder_is_found(copies: Path) -> None:
    needs_depot(copies)
    assert run("pack", "check", copies / "stock").exit_code == 0


def test_the_same_pack_twice_is_a_problem(copies: Path) -> None:
    shutil.copytree(copies / "stock", copies / "again")
    result = run("pack", "check", copies / "stock", copies / "again")
    assert result.exit_code == 1
    assert "包 stock 给出了两次" in result.output


def test_seed_rows_are_checked_against_their_table(copies: Path) -> None:
    seeds = copies / "depot" / "seeds"
    (seeds / "unit.csv").write_text("unit_no,opend\nA,2026-01-01\n", encoding="utf-8")
    (seeds / "units.csv").write_text("unit_no\nA\n", encoding="utf-8")
    (seeds / "note.txt").write_text("", encoding="utf-8")
    result = run("pack", "check", copies / "depot")
    assert result.exit_code == 1
    assert "没有“仓位”的字段 opend，是否想写 opened" in result.output
    assert "没有底表 units，是否想写 unit" in result.output
    assert "<表代码>.csv" in result.output


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"a,b\n1\n", "csv", 2),
        (b'a\n"b\n', "csv", 2),
        (b"", "csv", None),
        ("编号\n".encode("gbk"), "not_utf8", None),
    ],
)
def test_rows_that_cannot_be_read_are_a_problem(content: bytes, code: str, line: int | None) -> None:
    with pytest.raises(Problems) as caught:
        read_rows("seeds/a.csv", content)
    assert [(one.code, one.line) for one in caught.value.problems] == [(code, line)]


def test_rows_are_read_as_written() -> None:
    rows = read_rows("demo/unit.csv", '\ufeffa,b\n1,"x, ""y"""\n\n,2\n'.encode())
    assert (rows.table, rows.columns, rows.rows) == ("unit", ("a", "b"), (("1", 'x, "y"'), ("", "2")))


def test_format_rewrites_what_is_not_canonical_and_changes_nothing_else(copies: Path) -> None:
    before = check_packs([copies / "stock"])[0].app
    assert run("pack", "format", "--check", copies / "stock").exit_code == 1
    assert check_packs([copies / "stock"])[0].app == before
    assert run("pack", "format", copies / "stock").exit_code == 0
    assert check_packs([copies / "stock"])[0].app == before
    assert run("pack", "format", "--check", copies / "stock").exit_code == 0


def test_format_leaves_a_broken_pack_alone(copies: Path) -> None:
    edit(copies / "stock" / "forms" / "issue.yaml", "type: boolean", "type: bolean")
    before = files_below(copies / "stock")
    assert run("pack", "format", copies / "stock").exit_code == 1
    assert files_below(copies / "stock") == before


def test_commands_are_listed_and_unknown_ones_refused() -> None:
    assert "check" in run("pack", "--help").output
    assert run("pack", "chek").exit_code == 2
