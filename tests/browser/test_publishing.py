"""A designer renames a field, publishes, compares, takes the app away and brings the old release back."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.watch import axe_findings, overflow
from tests.needs import needs_browser

pytestmark = needs_browser

HOME = "/design/sales_contract"
FORM = "forms/sales_contract_form.yaml"


@pytest.mark.timeout(300)
def test_a_change_goes_out_and_comes_back(enter: Enter, tmp_path: Path) -> None:
    designer = enter("admin")
    page = designer.page
    _rename(designer, "合同名称", "合同全称")

    designer.open(f"{HOME}/forms/")
    designer.look("80-forms")
    page.get_by_role("link", name="发布 1 处未发布的修改").click()
    expect(page.get_by_text("“合同名称”改名为“合同全称”")).to_be_visible()
    _looked_at(designer, "81-publish")
    page.get_by_label("发布说明").fill("名称更清楚")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 2 版")).to_be_visible()
    _looked_at(designer, "82-published")

    page.get_by_role("link", name="版本记录").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr").first).to_contain_text("名称更清楚")
    _looked_at(designer, "83-releases")
    page.get_by_role("link", name="比较 第 2 版").click()
    added = page.locator(".diff__added")
    expect(added.filter(has_text="合同全称")).to_have_count(1)
    expect(page.locator(".diff__removed").filter(has_text="合同名称")).to_have_count(1)
    _looked_at(designer, "84-compare")
    page.locator("details.file > summary").first.click()
    expect(added.first).to_be_hidden()

    designer.open(f"{HOME}/releases/")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 第 2 版").click()
    taken = tmp_path / "taken.zip"
    download.value.save_as(taken)
    with ZipFile(taken) as archive:
        assert "合同全称" in archive.read(FORM).decode()

    page.get_by_role("button", name="回到此版本 第 1 版").click()
    page.get_by_role("button", name="确定").click()
    page.wait_for_url(re.compile("/publish$"))
    expect(page.get_by_text("“合同全称”改名为“合同名称”")).to_be_visible()
    page.get_by_label("版本号").fill("1.1.0")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 3 版")).to_be_visible()


@pytest.mark.timeout(300)
def test_a_pack_comes_in_from_the_page(enter: Enter, tmp_path: Path) -> None:
    designer = enter("admin")
    page = designer.page
    designer.open("/design/")
    page.get_by_role("link", name="安装应用包").click()
    _looked_at(designer, "85-import")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"no zip")
    designer.watch.allowed.add(422)
    page.get_by_label("应用包文件（zip）").set_input_files(broken)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("不是完好的 zip 包")).to_be_visible()
    _looked_at(designer, "86-import-refused")

    whole = tmp_path / "whole.zip"
    with ZipFile(whole, "w") as archive:
        archive.writestr("pack.yaml", "schema: 1\ncode: rooms\nname: 会议室\nversion: 1.0.0\n")
        archive.writestr(
            "tables/room.yaml",
            "code: room\nname: 会议室\nkey: [no]\nfields:\n  - {code: no, type: text, label: 编号}\n",
        )
    page.get_by_label("应用包文件（zip）").set_input_files(whole)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url(re.compile("/design/rooms/publish$"))
    expect(page.get_by_role("heading", name="首次发布的内容")).to_be_visible()
    _looked_at(designer, "87-first-publication")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 1 版")).to_be_visible()


@pytest.mark.timeout(300)
def test_a_problem_is_one_click_from_its_place(enter: Enter) -> None:
    designer = enter("admin")
    page = designer.page
    designer.open(f"{HOME}/forms/sales_contract_form/yaml")
    text = page.get_by_label("YAML 文本")
    text.fill(re.sub(r"  - \{code: contact,.*\n", "", text.input_value()))
    with page.expect_response("**/yaml"):
        page.get_by_role("button", name="保存").click()

    designer.open(f"{HOME}/publish")
    _looked_at(designer, "88-problems")
    expect(page.get_by_role("button", name="发布", exact=True)).to_be_disabled()
    page.locator(".problems a").first.click()
    page.wait_for_url(re.compile(r"/forms/sales_contract_form"))


def _rename(designer: Person, old: str, new: str) -> None:
    """Rename something in the form by its text."""
    page = designer.page
    designer.open(f"{HOME}/forms/sales_contract_form/yaml")
    text = page.get_by_label("YAML 文本")
    text.fill(text.input_value().replace(f"label: {old},", f"label: {new},"))
    with page.expect_response("**/yaml") as saved:
        page.get_by_role("button", name="保存").click()
    assert saved.value.status == 200


def _looked_at(designer: Person, name: str) -> None:
    """Hold a page to what every page must be, also on a small desk."""
    designer.look(name)
    size = designer.page.viewport_size
    assert size is not None
    if size["width"] > 1024:
        designer.page.set_viewport_size({"width": 1024, "height": 768})
        assert overflow(designer.page) == []
        assert axe_findings(designer.page) == []
        designer.page.screenshot(path=designer.shots / f"{name}-1024.png")
        designer.page.set_viewport_size(size)
