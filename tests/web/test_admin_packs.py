"""Packs in the browser: looked at before they are installed, refused with the reason, all or nothing."""

from __future__ import annotations

import re

import pytest

from runtime.store import releases
from tests.packs.zips import zipped
from tests.usecases.test_admin_packs import PACK
from tests.web.administration import flashed, kinds, pack, send
from tests.web.site import Browser, Site, texts

HOSTILE = zipped({"../pack.yaml": b"a: 1"})


@pytest.fixture
def root(site: Site) -> Browser:
    """An administrator's browser."""
    return site.browser("admin")


def installed(site: Site) -> list[str]:
    with site.session() as session:
        return [one.code for one in releases.installed(session)]


def test_a_pack_is_checked_shown_and_installed(site: Site, root: Browser) -> None:
    sent = send(root, pack())
    page = root.read(sent.location)
    assert "检查通过，尚未安装" in page
    assert '<option value="keeper" selected>新建角色“保管员”' in page
    assert "key" not in installed(site)

    department = re.findall(r'<option value="([^"]+)">', page.partition('name="slot.office"')[2])[0]
    chosen = {"slot.keeper": "keeper", "slot.office": department, "demo": "1"}
    shown = flashed(root, root.client.post(sent.location, data=chosen))

    assert "“钥匙” 1.0.0 已安装为第 1 版" in shown
    assert "写入 3 行" in shown
    assert "key" in installed(site)
    assert kinds(site) == ["pack.installed", "pack.uploaded"]
    line = texts(root.read("/admin/audit"))
    assert "安装应用包 key" in line
    assert "钥匙.zip" in line


def test_a_slot_without_an_answer_is_told_at_its_field(site: Site, root: Browser) -> None:
    sent = send(root, pack())

    answer = root.client.post(sent.location, data={"slot.keeper": "keeper", "slot.office": ""})

    assert answer.status_code == 422
    assert "请为“保管部门”选择一个部门。" in answer.text
    assert 'aria-describedby="slot-office-problem"' in answer.text
    assert "key" not in installed(site)


def test_problems_are_told_with_file_and_line(site: Site, root: Browser) -> None:
    wrong = PACK["tables/key.yaml"].replace("type: integer", "type: integers")

    answer = send(root, pack(**{"tables/key.yaml": wrong}))

    assert answer.status_code == 422
    assert "没有安装：发现 1 个问题" in answer.text
    assert "tables/key.yaml 第 6 行 fields[1].type：" in answer.text
    assert kinds(site) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HOSTILE, "文件名不能带盘符、反斜杠、.. 或以 / 开头"),
        (zipped({"pack.yaml": b"a: 1", "files/zeros": b"\0" * 5_000_000}), "疑似压缩炸弹"),
        (b"<html>", "不是完好的 zip 包"),
        (zipped({"pack.yaml": b"schema: <script>alert(1)</script>"}), "pack.yaml 第 1 行 schema"),
    ],
)
def test_a_hostile_upload_is_refused_with_the_reason_and_nothing_is_kept(
    site: Site, root: Browser, content: bytes, told: str
) -> None:
    before = installed(site)

    answer = send(root, content)

    assert answer.status_code == 422
    assert told in answer.text
    assert "<script>alert" not in answer.text
    assert installed(site) == before
    assert kinds(site) == []
    assert not (site.folder / "files").exists()


def test_seeds_that_fail_leave_everything_as_it_was(site: Site, root: Browser) -> None:
    sent = send(root, pack(**{"seeds/key.csv": "no,copies\nA-1,many\n"}))

    answer = root.client.post(sent.location, data={"slot.keeper": "keeper", "slot.office": "d01"})

    assert answer.status_code == 422
    assert "key" not in installed(site)


def test_only_an_administrators_upload_may_be_longer_than_a_form(site: Site, root: Browser) -> None:
    large = b"x" * (5 * 1024 * 1024 + 1024)

    assert "不是完好的 zip 包" in send(root, large).text
    assert send(root, large + b"x" * (1 << 21)).status_code == 413
    assert send(site.browser("u052"), large).status_code == 413


def test_an_upload_without_a_file_is_no_request(root: Browser) -> None:
    assert root.client.post("/admin/packs", data={}).status_code == 400
    assert root.client.post("/admin/packs", data={"pack": "text"}).status_code == 400
