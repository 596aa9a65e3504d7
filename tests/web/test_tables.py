"""Base tables in the browser: lists, sheets to take away and records, each with its viewer's rights."""

from __future__ import annotations

import re

import pytest

from tests.web.site import Site, texts
from tests.web.table_work import COST, CUSTOMERS, LIST_PRICE, PRODUCTS, enter, holder, sheet_of


def test_a_list_shows_ones_own_rows_and_says_how_many(site: Site) -> None:
    page = texts(site.browser("u052").read(CUSTOMERS))

    assert "青禾示范商贸" in page
    assert "远帆示范物流" not in page
    assert re.search(r"共 \d+ 条", page)


def test_somebody_without_rights_does_not_learn_that_there_is_a_table(site: Site) -> None:
    answer = site.browser("u061").get(CUSTOMERS)

    assert answer.status_code == 404
    assert "青禾" not in answer.text


def test_records_of_others_are_not_found(site: Site) -> None:
    theirs = enter(site.browser("u053"), sales_owner="u053", customer_name="他人的客户")
    sales = site.browser("u052")

    for url in (theirs, f"{theirs}/edit"):
        answer = sales.get(url)
        assert answer.status_code == 404
        assert "他人的客户" not in answer.text
    assert sales.act(f"{theirs}/act", "delete", rev=1).status_code == 404
    assert "他人的客户" not in sales.read(CUSTOMERS)


@pytest.mark.parametrize("path", ["", "/3", "?view=all", "?q=CP90003"])
def test_hidden_fields_are_nowhere_on_a_page(site: Site, path: str) -> None:
    page = site.browser("u052").read(PRODUCTS + path)

    assert LIST_PRICE in page
    assert COST not in page
    assert "单位成本" not in page
    assert "unit_cost" not in page


@pytest.mark.parametrize("asked", ["sort=unit_cost", "f.unit_cost.from=1", "sort=-protect_price"])
def test_nobody_sorts_or_filters_by_what_they_do_not_see(site: Site, asked: str) -> None:
    assert site.browser("u052").get(f"{PRODUCTS}?{asked}").status_code == 403


def test_masked_values_are_masked_in_lists_and_records(site: Site) -> None:
    sales = enter(site.browser("u052"))
    admin = site.browser(_sales_admin(site))

    for url in (CUSTOMERS, sales):
        page = admin.read(url)
        assert "晴川示范科技" in page
        assert "13800000009" not in page


def test_an_export_holds_what_the_list_holds_and_no_more(site: Site) -> None:
    enter(site.browser("u052"))
    sheet = sheet_of(site.browser(_sales_admin(site)), f"{CUSTOMERS}/export?q=晴川")

    assert "晴川示范科技" in sheet
    assert "13800000009" not in sheet
    assert "青禾示范商贸" not in sheet


def test_an_export_is_offered_and_given_to_those_who_may(site: Site) -> None:
    sales = site.browser("u052")

    assert "/export" not in sales.read(CUSTOMERS)
    assert sales.get(f"{CUSTOMERS}/export").status_code == 403
    answer = site.browser("u016").get(f"{CUSTOMERS}/export")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "/export" in site.browser("u016").read(CUSTOMERS)


def test_the_search_narrows_the_list_and_can_be_undone(site: Site) -> None:
    sales = site.browser("u052")
    page = sales.get(CUSTOMERS, query_string={"q": "青禾"}).text
    nothing = sales.get(CUSTOMERS, query_string={"q": "没有这个客户"}).text

    assert "青禾示范商贸" in page
    assert "松果示范教育" not in page
    assert "没有符合条件的记录" in nothing
    assert "清除条件" in nothing


@pytest.mark.parametrize(
    ("asked", "found", "missing"),
    [
        ({"f.customer_stage": "potential"}, "松果示范教育", "青禾示范商贸"),
        ({"f.sales_owner": "u052"}, "松果示范教育", "远帆示范物流"),
    ],
)
def test_filters_keep_what_fits(site: Site, asked: dict[str, str], found: str, missing: str) -> None:
    page = site.browser("u016").get(CUSTOMERS, query_string=asked).text

    assert found in page
    assert missing not in page
    assert "重置" in page


def test_a_filter_of_the_wrong_kind_is_told_in_words(site: Site) -> None:
    answer = site.browser("u052").get(f"{PRODUCTS}?f.list_price.from=viel")

    assert answer.status_code == 422
    assert "标准售价" in answer.text


def test_columns_sort_both_ways(site: Site) -> None:
    sales = site.browser("u052")
    up = sales.get(PRODUCTS, query_string={"sort": "list_price"}).text
    down = sales.get(PRODUCTS, query_string={"sort": "-list_price"}).text

    assert up.index("CP90001") < up.index("CP90003")
    assert down.index("CP90003") < down.index("CP90001")
    assert 'aria-sort="ascending"' in up
    assert "sort=-list_price" in up


def test_a_long_list_comes_in_pages(site: Site) -> None:
    sales = site.browser("u052")
    for number in range(53):
        enter(sales, customer_name=f"客户{number:03}")
    first = sales.get(CUSTOMERS, query_string={"q": "客户", "sort": "customer_name"}).text
    older = first.split('rel="next"')[0].rpartition('href="')[2].rpartition('"')[0].replace("&amp;", "&")
    second = sales.read(older)

    assert "客户000" in first
    assert "客户052" not in first
    assert "客户052" in second
    assert 'rel="prev"' in second
    assert "共 53 条" in texts(second)


def _sales_admin(site: Site) -> str:
    return holder(site, "sales_admin")
