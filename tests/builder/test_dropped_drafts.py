"""Drafts thrown away in the browser: what was seen, and nothing else."""

from __future__ import annotations

from tests.builder.designing import change, drop, insert, revised, stamp_of
from tests.builder.test_publish_pages import APP, FORM, HOME, RENAMED, designer, send
from tests.packs.zips import files_below, zipped
from tests.web.site import PACKS, Browser, Site, texts

__all__ = ["designer"]


def test_dropping_the_draft_brings_the_release_back(designer: Browser) -> None:
    revised(designer, APP, FORM, insert("fields", value={"code": "x", "type": "text", "label": "甲"}))

    assert drop(designer, APP).status_code == 302

    assert "没有未发布的修改" in texts(designer.read(f"{HOME}/publish"))


def test_other_rows_alone_can_be_published_and_dropped(designer: Browser) -> None:
    files = files_below(PACKS / "common_base")
    files["demo/product.csv"] = files["demo/product.csv"].replace("云主机".encode(), "云电脑".encode())
    assert send(designer, zipped(files))[0] == 302

    page = designer.read("/design/common_base/publish")

    assert "随包数据 demo/product.csv" in texts(page)
    assert "没有可发布的修改" not in page
    assert "1 处修改" in texts(designer.read("/design/common_base/releases/"))
    assert drop(designer, "common_base").status_code == 302
    assert "没有可发布的修改" in designer.read("/design/common_base/publish")


def test_what_was_made_since_the_page_was_shown_is_not_dropped_unseen(site: Site, designer: Browser) -> None:
    rev = revised(designer, APP, FORM, RENAMED)
    seen = stamp_of(designer.read(f"{HOME}/releases/"))
    revised(site.browser("admin"), APP, FORM, change("name", to="后来的修改"), rev=rev)

    for posted in ({"seen": seen}, {}):
        refused = designer.client.post(f"{HOME}/drop", data=posted)

        assert refused.status_code == 409
        assert "系统管理员又修改了草稿，没有放弃" in texts(refused.text)
    assert "后来的修改" in texts(designer.read(f"{HOME}/forms/"))
    assert drop(designer, APP).status_code == 302
