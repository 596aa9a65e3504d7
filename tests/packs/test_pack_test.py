"""`biaoliu pack test`: what it prints, and its exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from runtime.cli import main
from tests.packs.packs import LEND
from tests.packs.zips import files_below, zipped

FAILING = """\
- name: 借两件
  clock: 2026-11-20T09:00
  given: {item: [{item_no: A, qty: 2, keeper: u052}]}
  steps:
    - {as: u052, submit: loan_flow, data: {item: A, qty: 2}}
    - {as: u018, do: approve, at: n_head, expect: {task: {n_legal: [u061]}}}
    - {as: legal, do: approve, at: n_legal, data: {checked: 2026-11-20}}
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", "test", *(str(one) for one in arguments)])


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    path = tmp_path / "two.yaml"
    path.write_text(FAILING, encoding="utf-8")
    return path


def test_one_line_is_printed_for_each_walkthrough_that_passes() -> None:
    result = run(LEND)
    assert result.exit_code == 0, result.output
    *told, total = result.output.splitlines()
    assert told == ["lend 物品借用", "  ✓ 借出一件", "  – 每天早上提醒（跳过：待定时任务）"]
    assert total.startswith("通过 1 条，不通过 0 条，跳过 1 条，用时 ")


def test_a_failure_is_told_step_by_step_and_the_exit_code_is_1(failing: Path) -> None:
    result = run(LEND, "--tests", failing)
    assert result.exit_code == 1
    assert result.output.splitlines()[3:-1] == [
        "  ✗ 借两件",
        "      ✓ 准备数据：item",
        "      ✓ 1. u052 submit loan_flow",
        "      ✗ 2. u018 do approve @n_head",
        "          待办应为 n_legal：u061，实为 n_legal：u025、u061",
    ]
    assert "不通过 1 条" in result.output


def test_the_story_can_be_read_by_programs(failing: Path) -> None:
    result = run(LEND, "--tests", failing, "--json")
    assert result.exit_code == 1
    stories = json.loads(result.stdout)
    assert [(one["pack"], one["name"], one["result"], one["skipped"]) for one in stories] == [
        ("lend", "借出一件", "passed", None),
        ("lend", "每天早上提醒", "skipped", "待定时任务"),
        ("lend", "借两件", "failed", None),
    ]
    assert stories[2]["told"][-1]["wrong"] == ["待办应为 n_legal：u061，实为 n_legal：u025、u061"]
    # And how it is said in other languages.
    assert [one.get("kept") for one in stories[:2]] == [None, {"skipped": {"why": "待定时任务"}}]
    (kept,) = stories[2]["told"][-1]["kept"]["wrong"]
    assert kept["why"] == "待办应为 %(wanted)s，实为 %(found)s"
    assert "kept" not in stories[2]["told"][1]


def test_a_zip_is_played_like_its_folder(tmp_path: Path) -> None:
    archive = tmp_path / "lend.zip"
    archive.write_bytes(zipped(files_below(LEND)))
    result = run(archive)
    assert result.exit_code == 0, result.output
    assert "✓ 借出一件" in result.output


def test_all_are_the_packs_in_the_folder_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packs").mkdir()
    shutil.copytree(LEND, tmp_path / "packs" / "lend")
    other = shutil.copytree(LEND, tmp_path / "packs" / "borrow")
    manifest = (other / "pack.yaml").read_text("utf-8")
    (other / "pack.yaml").write_text(manifest.replace("code: lend", "code: borrow"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("all")
    assert result.exit_code == 0, result.output
    assert [line for line in result.output.splitlines() if not line.startswith(" ")][:2] == [
        "borrow 物品借用",
        "lend 物品借用",
    ]
    assert "lend 物品借用" in run("lend").output


def test_required_packs_are_found_beside(tmp_path: Path, failing: Path) -> None:
    shutil.copytree(LEND, tmp_path / "lend")
    renting = tmp_path / "rent"
    (renting / "tables").mkdir(parents=True)
    (renting / "tests").mkdir()
    (renting / "pack.yaml").write_text(
        "{schema: 1, code: rent, name: 租用, version: 1.0.0, requires: [lend]}", encoding="utf-8"
    )
    (renting / "tables" / "rent.yaml").write_text(
        "code: rent\nname: 租金\nkey: [item]\nfields:\n"
        "  - {code: item, type: lookup, label: 物品, from: lend/item, key: item_no, required: true}\n",
        encoding="utf-8",
    )
    (renting / "tests" / "rent.yaml").write_text(
        "- name: 看得到种子数据\n"
        "  given: {rent: [{item: SEED}]}\n"
        "  steps:\n"
        "    - {as: u025, open: lend/item, match: {item_no: SEED}, expect: {qty: 3, rent: [{item: SEED}]}}\n",
        encoding="utf-8",
    )
    result = run(renting)
    assert result.exit_code == 0, result.output
    assert "✓ 看得到种子数据" in result.output
    assert failing.name not in result.output


def test_a_pack_with_problems_is_not_played(tmp_path: Path) -> None:
    broken = shutil.copytree(LEND, tmp_path / "lend")
    flow = (broken / "flows" / "loan_flow.yaml").read_text("utf-8")
    (broken / "flows" / "loan_flow.yaml").write_text(flow.replace("to: n_legal", "to: n_lega"), "utf-8")
    result = run(broken)
    assert result.exit_code == 1
    assert f"{broken}/flows/loan_flow.yaml:" in result.output
    assert "✓" not in result.output


def test_a_walkthrough_file_with_a_mistake_is_told_by_its_own_name(failing: Path) -> None:
    failing.write_text(FAILING.replace("submit: loan_flow", "submit: lend_flow"), encoding="utf-8")
    result = run(LEND, "--tests", failing)
    assert result.exit_code == 1
    assert f"{failing} $[0].steps[0].submit" in result.output
    failing.write_text("- {name: 没有步骤}", encoding="utf-8")
    assert f"{failing} $[0]" in run(LEND, "--tests", failing).output


def test_what_cannot_be_asked_for_is_said(failing: Path) -> None:
    assert run("all", "--tests", failing).exit_code == 2
    unknown = run("nothing")
    assert unknown.exit_code == 1
    assert "“nothing”不是文件夹、zip，也不是 packs 中的包" in unknown.output
