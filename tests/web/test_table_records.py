"""Records of base tables in the browser: entered, read, changed, explained, with each viewer's rights."""

from __future__ import annotations

import pytest

from tests.web.site import Site, texts
from tests.web.table_work import CUSTOMERS, NEW, PRODUCTS, enter, holder, rev_of, signed


def test_a_new_record_is_entered_read_changed_and_deleted(site: Site) -> None:
    admin = site.browser(holder(site, "hr_specialist"))
    table = "/tables/common_base/holiday_calendar"
    assert 'data-code="day_kind"' in admin.read(f"{table}/new")
    values = {"day": "2027-05-04", "day_kind": "restday", "remark": "青年节"}
    made = admin.act(f"{table}/new/act", "save", values=values)
    assert made.status_code == 200, made.text
    url = made.get_json()["redirect"]
    assert "青年节" in admin.read(url)
    assert "新增" in texts(admin.read(url))

    rev = rev_of(admin.read(f"{url}/edit"))
    changed = admin.act(f"{url}/act", "save", rev=rev, values={**values, "remark": "五四青年节"})
    assert changed.get_json()["redirect"] == url
    page = texts(admin.read(url))
    assert "五四青年节" in page
    assert page.count("青年节") == 3

    gone = admin.act(f"{url}/act", "delete", rev=rev + 1)
    assert gone.get_json()["redirect"] == table
    assert admin.get(url).status_code == 404


def test_a_value_is_explained_by_the_cases_that_made_it(site: Site) -> None:
    sales = site.browser("u052")
    case = signed(site, sales)
    page = texts(sales.read(f"{CUSTOMERS}/1"))

    assert f'href="/cases/{case}"' in sales.read(f"{CUSTOMERS}/1")
    assert "应收余额 +¥100,000.00 ¥100,000.00" in page
    # In the ledger and in the history: by its name.
    assert page.count("客户成交并增加应收") > 2
    assert "book_customer" not in page


def test_the_case_behind_a_value_is_named_only_to_its_readers(site: Site) -> None:
    case = signed(site, site.browser("u052"))
    url = f"{CUSTOMERS}/1"
    admin = site.browser(_sales_admin(site))

    assert admin.get(f"/cases/{case}").status_code == 404
    assert f"/cases/{case}" not in admin.read(url)
    assert "无权查看" in admin.read(url)


def test_problems_stand_at_their_fields(site: Site) -> None:
    answer = site.browser("u052").act(f"{CUSTOMERS}/new/act", "save", values={"phone": "12"})

    assert answer.status_code == 422
    assert {"$.customer_name", "$.phone"} <= {one["path"] for one in answer.get_json()["problems"]}


def test_whoever_was_slower_is_told_who_was_faster(site: Site) -> None:
    first, second = site.browser("u052"), site.browser("u016")
    url = enter(first)
    rev = rev_of(first.read(f"{url}/edit"))
    first.act(f"{url}/act", "save", rev=rev, values={**NEW, "contact": "己经理"})

    answer = second.act(f"{url}/act", "save", rev=rev, values={**NEW, "contact": "庚经理"})
    assert answer.status_code == 409
    assert "易秋池" in answer.get_json()["message"]


def test_a_second_click_enters_nothing_twice(site: Site) -> None:
    sales = site.browser("u052")
    url = f"{CUSTOMERS}/new/act"
    answers = [sales.post(url, do="save", token="the-same", values=NEW).get_json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert texts(sales.get(CUSTOMERS, query_string={"q": "晴川"}).text).count("晴川示范科技") == 1


def test_pages_offer_only_what_one_may_do(site: Site) -> None:
    sales, legal = site.browser("u052"), site.browser("u061")

    assert f"{CUSTOMERS}/new" in sales.read(CUSTOMERS)
    assert f"{PRODUCTS}/new" not in sales.read(PRODUCTS)
    assert sales.get(f"{PRODUCTS}/new").status_code == 403
    assert legal.get(f"{PRODUCTS}/new").status_code in (403, 404)


@pytest.mark.parametrize("url", ["/tables/none/none", "/tables/common_base/none", f"{CUSTOMERS}?view=none"])
def test_what_is_not_there_is_not_found(site: Site, url: str) -> None:
    assert site.browser("u052").get(url).status_code == 404


def test_an_editor_recalculates(site: Site) -> None:
    answer = site.browser("u052").post(f"{CUSTOMERS}/new/calc", seq=3, values=NEW, picked=[])

    assert (answer.status_code, answer.get_json()["seq"]) == (200, 3)


def _sales_admin(site: Site) -> str:
    return holder(site, "sales_admin")
