"""`biaoliu pack install`, `list` and `export`, on an installation of their own."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import inspect, text

from runtime.cli import main
from runtime.store.database import make_engine
from tests.packs.packs import LEND, ROOT, SAMPLES
from tests.packs.zips import files_below, zipped

CUSTOMERS = [ROOT / "packs" / "common_base", ROOT / "packs" / "customer_archive"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pack", *(str(one) for one in arguments)])


def done(*arguments: object) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done("list", "--json").stdout)
    return found


def content() -> dict[str, list[Any]]:
    """Return everything in the database by table."""
    engine = make_engine(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        found = {name: list(connection.execute(text(f'SELECT * FROM "{name}"'))) for name in sorted(names)}
    engine.dispose()
    return found


@pytest.mark.usefixtures("installation")
def test_packs_given_together_are_installed_in_the_order_they_need() -> None:
    result = done("install", *reversed(CUSTOMERS), "--make-roles", "--demo", "--note", "第一次")
    assert "customer_archive 客户档案管理 1.0.0：第 1 版" in result.output
    assert [(one["code"], one["release"]) for one in listed()] == [
        ("common_base", 1),
        ("customer_archive", 1),
    ]


@pytest.mark.usefixtures("installation")
def test_installing_again_changes_nothing() -> None:
    done("install", LEND)
    before = content()
    assert "lend 物品借用 1.0.0：没有变化，写入 0 行" in done("install", LEND).output
    assert content() == before


@pytest.mark.usefixtures("installation")
def test_rows_of_seeds_are_entered_once() -> None:
    assert "写入 1 行" in done("install", LEND).output
    assert "写入 0 行" in done("install", LEND).output


def test_an_upgrade_is_a_new_release(installation: Path) -> None:
    done("install", LEND)
    upgraded = shutil.copytree(LEND, installation / "lend")
    edit(upgraded / "tables" / "item.yaml", "label: 名称", "label: 品名")
    assert "lend 物品借用 1.0.0：第 2 版" in done("install", upgraded).output


@pytest.mark.usefixtures("installation")
def test_a_pack_is_found_by_its_code_below_packs(installation: Path) -> None:
    shutil.copytree(LEND, installation / "packs" / "lend")
    done("install", "lend")
    assert [one["code"] for one in listed()] == ["lend"]
    unknown = run("install", "borrow")
    assert unknown.exit_code == 1
    assert "“borrow”不是文件夹、zip，也不是 packs 中的包（现有 lend）" in unknown.output


@pytest.mark.usefixtures("installation")
def test_a_broken_pack_changes_nothing_and_is_told_with_file_and_place(tmp_path: Path) -> None:
    broken = shutil.copytree(LEND, tmp_path / "broken")
    edit(broken / "forms" / "loan.yaml", "from: item", "from: itme")
    before = content()
    result = run("install", CUSTOMERS[0], broken)
    assert result.exit_code == 1
    assert f"{broken}/forms/loan.yaml:6: $.fields[1].from" in result.output
    assert "未安装任何包。" in result.output
    assert content() == before


@pytest.mark.usefixtures("installation")
def test_rows_that_do_not_fit_change_nothing(tmp_path: Path) -> None:
    broken = shutil.copytree(LEND, tmp_path / "broken")
    (broken / "seeds" / "item.csv").write_text("item_no,qty\nA,viele\n", encoding="utf-8")
    before = content()
    result = run("install", broken)
    assert result.exit_code == 1
    assert "“数量”应为数字" in result.output
    assert content() == before


@pytest.mark.usefixtures("installation")
def test_a_pack_that_lacks_another_one_is_not_installed() -> None:
    before = content()
    result = run("install", CUSTOMERS[1], "--make-roles")
    assert result.exit_code == 1
    assert "common_base" in result.output
    assert content() == before


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"pack.yaml": b"schema: 1", "../evil.yaml": b"x"}, "unsafe_name"),
        ({"pack.yaml": b"schema: 1", "/etc/cron.d/evil": b"x"}, "unsafe_name"),
        ({"pack.yaml": b"schema: 1", "files/inner.zip": b"x"}, "nested"),
        ({"pack.yaml": b"schema: 1", "files/zeros.bin": b"\0" * 10_000_000}, "bomb"),
        ({"pack.yaml": b"schema: 1", "run.py": b"print()"}, "unknown_file"),
        ({"pack.yaml": b"!!python/object/apply:os.system [id]"}, "tag"),
    ],
)
def test_a_hostile_zip_is_refused_and_changes_nothing(
    files: dict[str, bytes], code: str, installation: Path
) -> None:
    hostile = installation / "hostile.zip"
    hostile.write_bytes(zipped(files))
    before, around = content(), sorted(installation.parent.rglob("*"))
    result = run("install", hostile)
    assert result.exit_code == 1
    assert f"[{code}" in result.output
    assert content() == before
    assert sorted(installation.parent.rglob("*")) == around


@pytest.mark.usefixtures("installation")
def test_a_slot_that_stands_for_nothing_stops_the_installation_until_it_is_bound() -> None:
    before = content()
    result = run("install", SAMPLES / "stock")
    assert result.exit_code == 1
    assert "岗位槽“库管”（keeper）没有对应的角色“keeper”" in result.output
    assert content() == before
    done("install", SAMPLES / "stock", "--bind", "keeper=sales_rep", "--bind", "stock/boss=legal")
    assert [(one["code"], one["target"], one["missing"]) for one in listed()[0]["slots"]] == [
        ("keeper", "sales_rep", False),
        ("boss", "legal", False),
    ]
    assert "  boss 主管 → legal" in done("list").output


@pytest.mark.usefixtures("installation")
def test_bindings_are_kept_by_an_installation_without_them() -> None:
    done("install", SAMPLES / "stock", "--bind", "keeper=sales_rep", "--bind", "boss=legal")
    done("install", SAMPLES / "stock")
    assert [one["target"] for one in listed()[0]["slots"]] == ["sales_rep", "legal"]


@pytest.mark.usefixtures("installation")
def test_missing_roles_are_made_when_asked_for() -> None:
    done("install", SAMPLES / "stock", "--make-roles")
    assert [(one["target"], one["missing"]) for one in listed()[0]["slots"]] == [
        ("keeper", False),
        ("boss", False),
    ]


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    ("binding", "sentence"),
    [
        ("keeper", "--bind 应写作 岗位槽=编码，实为 keeper"),
        ("porter=legal", "这些包没有岗位槽 porter，现有 boss、keeper"),
    ],
)
def test_a_binding_that_binds_nothing_is_a_mistake(binding: str, sentence: str) -> None:
    result = run("install", SAMPLES / "stock", "--bind", binding)
    assert result.exit_code == 2
    assert sentence in result.output
    assert listed() == []
    assert "还没有安装应用包。" in done("list").output


def test_an_export_installs_elsewhere_with_the_same_content(
    installation: Path, another_installation: Callable[[], Path]
) -> None:
    done("install", *CUSTOMERS, "--make-roles")
    for code in ("common_base", "customer_archive"):
        done("export", code, "--out", installation / f"{code}.zip")
    before = {one["code"]: one["content_hash"] for one in listed()}
    another_installation()
    assert listed() == []
    done("install", installation / "customer_archive.zip", installation / "common_base.zip", "--make-roles")
    assert {one["code"]: one["content_hash"] for one in listed()} == before


def test_an_export_is_always_the_same_bytes_and_holds_canonical_files(installation: Path) -> None:
    done("install", LEND)
    assert "已导出 lend.zip" in done("export", "lend").output
    first = (installation / "lend.zip").read_bytes()
    done("export", "lend", "--out", "second.zip")
    assert (installation / "second.zip").read_bytes() == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert list(found) == sorted(found)
    assert found == files_below(LEND)  # definitions, rows and fixtures


@pytest.mark.usefixtures("installation")
def test_what_is_not_installed_cannot_be_exported() -> None:
    result = run("export", "lend")
    assert result.exit_code == 1
    assert "没有安装应用“lend”" in result.output


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
