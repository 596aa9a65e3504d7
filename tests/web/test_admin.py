"""The administrator's pages: for administrators only, every change once, on the record, and told."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from runtime.demo.people import PASSWORD
from runtime.store import directory, outbox
from runtime.store.outbox import Delivery
from runtime.store.transaction import transaction
from tests.web.administration import flashed, kinds, number, pack, send
from tests.web.site import Browser, Site, texts

PAGES = ("/admin/packs", "/admin/people", "/admin/jobs", "/admin/audit", "/admin/people/1")
ACTS = (
    "/admin/people/3",
    "/admin/people/3/active",
    "/admin/people/3/password",
    "/admin/jobs/1/retry",
    "/admin/jobs/retry",
    "/admin/packs/uploads/x",
)


@pytest.fixture
def root(site: Site) -> Browser:
    """An administrator's browser."""
    return site.browser("admin")


def fail(site: Site, *titles: str) -> list[int]:
    """Let deliveries fail, and return their numbers."""
    now = datetime(2026, 1, 2, tzinfo=UTC)
    with site.session() as session, transaction(session) as tx:
        outbox.enqueue_all(tx, [Delivery(one, "notice", {"title": one}, now) for one in titles], now=now)
        jobs = outbox.claim(tx, now=now, owner="test", limit=10)
        for job in jobs:
            outbox.failed(tx, job, error="连接超时", now=now)
        return [job.id for job in jobs]


@pytest.mark.parametrize("url", PAGES)
def test_an_administrator_sees_the_page(root: Browser, url: str) -> None:
    assert root.get(url).status_code == 200


@pytest.mark.parametrize("url", PAGES)
def test_nobody_else_does(site: Site, url: str) -> None:
    answer = site.browser("u052").get(url)

    assert answer.status_code == 403
    assert "只有系统管理员" in answer.text


@pytest.mark.parametrize("url", [*ACTS, "/admin/packs"])
def test_nobody_else_changes_anything(site: Site, url: str) -> None:
    browser = site.browser("u052")

    answer = send(browser, pack()) if url == "/admin/packs" else browser.client.post(url)

    assert answer.status_code == 403
    assert kinds(site) == []


def test_who_has_not_logged_in_is_led_to_the_log_in(site: Site) -> None:
    client = site.app.test_client()

    for url in PAGES:
        assert client.get(url).location.startswith("/login")
    for url in ACTS:
        assert client.post(url).location == "/login"


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/admin/people/9999"),
        ("GET", "/admin/people/99999999999999999999999"),
        ("POST", "/admin/people/9999"),
        ("POST", "/admin/people/9999/active"),
        ("POST", "/admin/people/9999/password"),
        ("POST", "/admin/jobs/9999/retry"),
        ("POST", "/admin/jobs/99999999999999999999999/retry"),
        ("GET", "/admin/packs/uploads/nothing"),
        ("POST", "/admin/packs/uploads/nothing"),
    ],
)
def test_what_does_not_exist_is_not_found(site: Site, root: Browser, method: str, url: str) -> None:
    assert root.client.open(url, method=method).status_code == 404
    assert kinds(site) == []


@pytest.mark.parametrize(
    "place", ["before=99999999999999999999999", "after=-1", "before=x", "state=odd", "q=%00"]
)
def test_a_place_that_makes_no_sense_breaks_nothing(root: Browser, place: str) -> None:
    for url in ("/admin/people", "/admin/jobs", "/admin/audit"):
        assert root.get(f"{url}?{place}").status_code == 200


def test_the_administration_is_in_the_menu_of_administrators(site: Site, root: Browser) -> None:
    assert '/admin/audit"' in root.read("/desk/todo")
    assert "/admin/" not in site.browser("u052").read("/desk/todo")


def test_people_are_found_and_turned_over(root: Browser) -> None:
    found = texts(root.read("/admin/people?q=u052"))
    assert "易秋池" in found
    assert "共 1 人" in found

    first = root.read("/admin/people")
    older = re.search(r'href="([^"]+)" rel="next"', first)
    assert older
    second = root.read(older[1].replace("&amp;", "&"))
    assert 'rel="prev"' in second
    assert re.findall(r'href="/admin/people/\d+"', first) != re.findall(r'href="/admin/people/\d+"', second)


def test_somebody_is_deactivated_at_once_and_comes_back(site: Site, root: Browser) -> None:
    other, person = site.browser("u052"), number(site, "u052")

    answer = root.client.post(f"/admin/people/{person}/active?q=u0&state=all", data={"active": "0"})

    assert answer.location == "/admin/people?q=u0&state=all"
    assert "已停用 易秋池" in flashed(root, answer)
    assert other.get("/desk/todo").status_code == 302
    root.client.post(f"/admin/people/{person}/active", data={"active": "1"})
    assert site.browser("u052").get("/desk/todo").status_code == 200
    assert kinds(site) == ["person.activated", "person.deactivated"]


def test_ones_own_account_and_the_last_administrator_are_kept(site: Site, root: Browser) -> None:
    own = number(site, "admin")

    refused = root.client.post(f"/admin/people/{own}/active", data={"active": "0"})
    assert (refused.status_code, "不能停用自己的账号" in refused.text) == (422, True)
    refused = root.client.post(f"/admin/people/{own}", data={})
    assert (refused.status_code, "至少要保留一名" in refused.text) == (422, True)
    assert f"/admin/people/{own}/active" not in root.read("/admin/people?q=admin")


def test_roles_are_saved_and_shown(site: Site, root: Browser) -> None:
    person = number(site, "u052")

    answer = root.client.post(f"/admin/people/{person}", data={"role": ["legal"], "admin": "1"})

    page = flashed(root, answer)
    assert "已保存 易秋池 的角色" in page
    assert "调整角色" in page
    with site.session() as session:
        assert directory.today(session).roles_of("u052") == {"legal", "system_admin"}
    assert site.browser("u052").get("/admin/packs").status_code == 200


def test_a_new_password_is_shown_once_and_opens_the_account(site: Site, root: Browser) -> None:
    person, other = number(site, "u052"), site.browser("u052")

    answer = root.client.post(f"/admin/people/{person}/password")

    assert answer.headers["Cache-Control"] == "no-store"
    password = re.search(r"<code>([^<]+)</code>", answer.text)
    assert password
    assert other.get("/desk/todo").status_code == 302
    client = site.app.test_client()
    assert client.post("/login", data={"login": "u052", "password": PASSWORD}).status_code == 403
    assert client.post("/login", data={"login": "u052", "password": password[1]}).status_code == 302
    for url in (f"/admin/people/{person}", "/admin/audit"):
        assert password[1] not in root.read(url)


def test_failed_jobs_are_shown_and_tried_again(site: Site, root: Browser) -> None:
    first, _second = fail(site, "合同甲", "合同乙")
    page = texts(root.read("/admin/jobs"))
    assert "合同甲" in page
    assert "连接超时" in page
    assert "等待重试" in page

    answer = root.client.post(f"/admin/jobs/{first}/retry")
    assert "合同甲" not in flashed(root, answer)
    assert "已安排 1 项立即重试" in flashed(root, root.client.post("/admin/jobs/retry"))
    assert "没有失败的任务" in texts(root.read("/admin/jobs"))
    assert kinds(site) == ["job.all_retried", "job.retried"]


def test_every_change_needs_the_token_of_the_page(site: Site, root: Browser) -> None:
    site.app.config["WTF_CSRF_ENABLED"] = True
    try:
        for url in ACTS:
            assert root.client.post(url).status_code == 400
    finally:
        site.app.config["WTF_CSRF_ENABLED"] = False
    assert kinds(site) == []
