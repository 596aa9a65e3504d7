"""Every page of a new, empty app says what it is for and leads to what comes next."""

from __future__ import annotations

import html
import re

import pytest

from tests.web.site import Site

APP = "/design/trial"


@pytest.fixture
def trial(site: Site) -> Site:
    """A site with a new app."""
    site.browser("admin").client.post("/design/", data={"code": "trial", "name": "试用"})
    return site


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("forms/", "表单是人们填写和审批的单据", "新建表单"),
        ("tables/", "底表保存长期数据", "新建底表"),
        ("flows/", "先有表单，再画流程", f"{APP}/forms/"),
        ("rules/", "先要有流程或底表", f"{APP}/forms/"),
        ("dictionaries/", "字典是一组可选值", "新建字典"),
        ("permissions/", "一条授权说明谁", "添加授权"),
        ("permissions/?tab=summary", "汇总每个角色", f"{APP}/permissions/"),
        ("permissions/slots", "应用不认识具体的人", "添加角色"),
        ("menu/", "菜单项发起一个流程", f"{APP}/flows/"),
        ("tests/", "测试是一段走查", "新建测试"),
        ("releases/", "每次发布产生一个版本", f"{APP}/publish"),
        ("publish", "应用里还没有内容", f"{APP}/forms/"),
    ],
)
def test_an_empty_page_teaches(trial: Site, path: str, says: str, leads: str) -> None:
    box = empty_state(trial.browser("admin").get(f"{APP}/{path}").text)

    assert says in box
    assert leads in box


def test_what_has_come_is_not_asked_for_any_more(trial: Site) -> None:
    browser = trial.browser("admin")
    browser.client.post(f"{APP}/forms/", data={"code": "apply", "name": "申请单"})

    assert "先建表单" not in browser.get(f"{APP}/flows/").text
    assert "应用里还没有内容" not in browser.get(f"{APP}/publish").text


def empty_state(page: str) -> str:
    """Return the part of a page between its empty state and what stands around the work."""
    found = re.search(r'<div class="empty">.*?(?=</section>|</main>|<aside)', page, re.DOTALL)
    assert found, page
    return html.unescape(found[0])


def test_a_flow_without_a_form_says_where_to_get_one(trial: Site) -> None:
    browser = trial.browser("admin")
    browser.client.post(f"{APP}/flows/", data={"code": "seal", "name": "盖章"})

    assert "还没有表单" in browser.get(f"{APP}/flows/seal").text
    browser.client.post(f"{APP}/forms/", data={"code": "apply", "name": "申请单"})
    assert "流程办理哪张表单" in browser.get(f"{APP}/flows/seal").text
