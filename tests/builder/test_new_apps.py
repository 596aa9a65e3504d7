"""Apps made in the browser: from nothing, and as copies."""

from __future__ import annotations

import pytest

from tests.builder.pages import source
from tests.web.site import Browser, Site, texts


@pytest.fixture
def root(site: Site) -> Browser:
    """Somebody who may design."""
    return site.browser("admin")


def test_a_new_app_a_new_form_and_a_copy(root: Browser) -> None:
    made = root.client.post("/design/", data={"code": "trip", "name": "出差"})
    assert made.location.endswith("/design/trip/")
    assert "还没有表单" in texts(root.read("/design/trip/forms/"))

    form = root.client.post("/design/trip/forms/", data={"code": "apply", "name": "出差申请"})
    copy = root.client.post("/design/trip/forms/", data={"code": "again", "name": "再一张", "like": "apply"})

    assert (form.status_code, copy.status_code) == (302, 302)
    page = texts(root.read("/design/trip/forms/"))
    assert "出差申请" in page
    assert "再一张" in page
    assert "标题" in texts(root.read("/design/trip/forms/again"))


def test_an_app_can_be_a_copy_of_another_and_its_references_follow(root: Browser) -> None:
    root.client.post("/design/", data={"code": "mine", "name": "我的合同", "like": "sales_contract"})

    text = source(root.read("/design/mine/forms/sales_contract_form/yaml"))

    assert "sales_contract_form" in text
    assert "第 1 版" not in texts(root.read("/design/mine/forms/"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"code": "sales_contract", "name": "重复"}, "已经有了"),
        ({"code": "Bad Code", "name": "坏"}, "编码有误：代码应为小写字母开头"),
        ({"code": "fine", "name": " "}, "请填写应用名称"),
    ],
)
def test_a_new_app_needs_a_code_of_its_own_and_a_name(root: Browser, data: dict[str, str], told: str) -> None:
    answer = root.client.post("/design/", data=data)

    assert answer.status_code == 422
    assert told in answer.text
