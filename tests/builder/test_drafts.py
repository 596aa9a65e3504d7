"""Drafts in the browser: kept edit by edit, undone after a reload, never overwritten by who was late."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.builder.designing import drop, published
from tests.builder.pages import source
from tests.web.site import Browser, Site, texts

APP = "sales_contract_change"
FORM = "forms/sales_contract_change_form.yaml"
PAGE = f"/design/{APP}/forms/sales_contract_change_form"


@pytest.fixture
def root(site: Site) -> Browser:
    """Somebody who may design."""
    return site.browser("admin")


def post(browser: Browser, rev: int, *, app: str = APP, file: str = FORM, **edit: Any) -> TestResponse:
    view = {"name": "form", "file": file, "selected": ""}
    return browser.post(f"/design/{app}/edit", file=file, rev=rev, edit=edit, view=view)


def name(browser: Browser, rev: int, value: str) -> TestResponse:
    return post(browser, rev, do="set", place=["name"], value=value)


def test_an_edit_is_a_revision_and_is_there_after_a_reload(root: Browser) -> None:
    answer = name(root, 0, "变更单").get_json()

    assert (answer["rev"], answer["undo"], answer["redo"]) == (1, True, False)
    assert "变更单" in answer["html"]
    page = root.read(PAGE)
    assert 'data-rev="1"' in page
    assert "变更单" in texts(page)


def test_undo_and_redo_survive_a_new_log_in(site: Site, root: Browser) -> None:
    name(root, 0, "第一")
    name(root, 1, "第二")
    other = site.browser("admin")

    undone = post(other, 2, do="undo").get_json()
    assert "第一" in undone["html"]
    assert undone["message"] == "已撤销：修改 name"
    again = post(other, 3, do="undo").get_json()
    assert "合同变更审批单（销售）" in again["html"]
    assert (again["undo"], again["redo"]) == (False, True)
    assert "第一" in post(other, 4, do="redo").get_json()["html"]
    assert "第二" in post(other, 5, do="redo").get_json()["html"]


def test_undoing_everything_gives_back_the_text_of_the_release(root: Browser) -> None:
    before = root.read(f"{PAGE}/yaml")
    rev = 0
    for code in ("new_amount", "parties", "change_reason"):
        rev = post(root, rev, do="remove_field", code=code).get_json()["rev"]
    for _ in range(3):
        rev = post(root, rev, do="undo").get_json()["rev"]

    assert source(root.read(f"{PAGE}/yaml")) == source(before)


def test_nothing_is_left_to_undo(root: Browser) -> None:
    answer = post(root, 0, do="undo")

    assert answer.status_code == 422
    assert answer.get_json()["message"] == "没有可以撤销的修改。"


def test_who_is_late_is_told_sees_what_the_other_made_and_loses_nothing(site: Site, root: Browser) -> None:
    name(root, 0, "甲的名称")

    late = name(site.browser("admin"), 0, "乙的名称")

    assert late.status_code == 409
    told = late.get_json()
    assert "您的这一步没有执行" in told["message"]
    assert told["rev"] == 1
    assert "甲的名称" in told["html"]
    assert "乙的名称" not in texts(root.read(PAGE))
    assert name(root, told["rev"], "乙的名称").status_code == 200


def test_who_saw_the_text_before_a_publication_does_not_overwrite_it(site: Site, root: Browser) -> None:
    late, mine = site.browser("admin"), source(root.read(f"{PAGE}/yaml"))
    name(root, 0, "已发布的名称")
    published(root, APP)

    answer = late.post(f"{PAGE}/yaml", text=mine, rev=0)

    assert answer.status_code == 409
    assert "已经发布" in answer.get_json()["message"]
    assert "已发布的名称" in source(root.read(f"{PAGE}/yaml"))


def test_the_draft_after_one_that_was_dropped_has_revisions_of_its_own(site: Site, root: Browser) -> None:
    late = site.browser("admin")
    before = name(late, 0, "丢弃的名称").get_json()["rev"]
    drop(root, APP)
    page = root.read(PAGE)
    shown = int(page.partition('data-rev="')[2].partition('"')[0])
    first = name(root, shown, "后来的名称")

    answer = name(late, before, "过时的名称")

    assert first.get_json()["rev"] == shown + 1  # as the page finds out that only an answer was lost
    assert answer.status_code == 409
    assert answer.get_json()["mine"]
    assert answer.get_json()["rev"] != before + 1
    assert "后来的名称" in texts(root.read(PAGE))


def test_two_objects_do_not_get_in_each_others_way(root: Browser) -> None:
    name(root, 0, "变更单")

    other = post(
        root, 0, file="flows/sales_contract_change_flow.yaml", do="set", place=["name"], value="流程"
    )

    assert other.status_code == 200


def test_an_edit_of_several_documents_is_undone_in_all_of_them(root: Browser) -> None:
    post(root, 0, do="remove_field", code="final_file")
    flow = "flows/sales_contract_change_flow.yaml"

    assert post(root, 1, do="undo").status_code == 200
    assert post(root, 2, do="redo").status_code == 200
    later = post(root, 3, file=flow, do="set", place=["name"], value="后来的修改")
    refused = post(root, 3, do="undo")

    assert later.status_code == 200
    assert refused.status_code == 422
    assert flow in refused.get_json()["message"]


def test_what_is_wrong_is_told_at_its_place_and_nothing_is_kept(root: Browser) -> None:
    answer = post(root, 0, do="set", place=["fields", "new_amount", "width"], value=99)

    assert answer.status_code == 422
    assert answer.get_json()["problems"][0]["path"].startswith(f"{FORM} $.fields")
    assert 'data-rev="0"' in root.read(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"file": FORM, "rev": "0", "edit": {}},
        {"file": FORM, "rev": 0, "edit": []},
        {"file": FORM, "rev": 0, "edit": {"do": "set"}, "view": 5},
        {"file": 5, "rev": 0, "edit": {"do": "undo"}},
        {"file": FORM, "rev": 0, "edit": {"do": "set", "file": "pack.yaml", "place": ["name"], "value": "x"}},
        {"file": "../../etc/passwd", "rev": 0, "edit": {"do": "set", "place": [], "value": {"a": 1}}},
    ],
)
def test_a_request_that_is_none_is_refused(root: Browser, body: dict[str, Any]) -> None:
    answer = root.client.post(f"/design/{APP}/edit", json=body)

    assert answer.status_code in (400, 409, 422)


def test_an_app_does_not_take_the_place_of_another(root: Browser) -> None:
    answer = post(root, 0, file="pack.yaml", do="set", place=["code"], value="receipt_plan")

    assert answer.status_code == 422
    assert f"应用的编码 {APP} 不能修改" in answer.get_json()["message"]


def test_five_megabytes_in_a_label_are_refused(root: Browser) -> None:
    label = "长" * 30_000
    place = ["fields", "new_amount", "label"]
    long = post(root, 0, do="set", place=place, value=label)
    huge = root.client.post(
        f"/design/{APP}/edit", data=b'{"file": "' + b"x" * 6_000_000 + b'"}', content_type="application/json"
    )

    assert long.status_code == 422
    assert "最多" in long.get_json()["problems"][0]["message"]
    assert huge.status_code == 413


@pytest.mark.parametrize("login", ["u052", "u005"])
def test_nobody_else_may_even_look(site: Site, login: str) -> None:
    person = site.browser(login)

    for url in ("/design/", f"/design/{APP}/forms/", PAGE, f"{PAGE}/yaml", f"{PAGE}/preview"):
        assert person.get(url).status_code == 403
    assert name(person, 0, "x").status_code == 403
    assert "设计中心" not in texts(person.read("/desk/todo"))


def test_a_draft_can_be_thrown_away(root: Browser) -> None:
    name(root, 0, "变更单")

    drop(root, APP)

    assert "合同变更审批单（销售）" in texts(root.read(PAGE))
    assert root.client.post(f"/design/{APP}/drop").status_code == 404


def test_editors_are_told_of_each_other(site: Site, root: Browser) -> None:
    root.get(f"/design/{APP}/others?file={FORM}")
    second = site.browser("u033")

    found = second.get(f"/design/{APP}/others?file={FORM}").get_json()

    assert "系统管理员" in found["others"]
