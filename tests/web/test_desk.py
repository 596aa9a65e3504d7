"""The desk, the start page and the inbox: everybody finds their own work, and nobody else's."""

from __future__ import annotations

import pytest

from runtime.jobs.drain import drain
from runtime.jobs.handlers import HANDLERS
from runtime.running.context import Clock
from runtime.store import directory, notices
from runtime.store.transaction import transaction
from tests.web.site import Site, submit, texts

TITLE = "青禾示范商贸"


def tell(site: Site, who: str, *titles: str) -> None:
    """Put notices into somebody's inbox."""
    with site.session() as session, transaction(session) as tx:
        person = directory.today(tx).people[who].id
        for title in titles:
            payload = {"people": [person], "kind": "info", "title": title, "body": "请尽快办理"}
            notices.write(tx, payload, now=Clock.now().moment)


def test_the_first_page_is_what_waits(site: Site) -> None:
    assert site.browser("u052").get("/").location == "/desk/todo"


def test_an_empty_desk_says_so_and_offers_to_start(site: Site) -> None:
    page = site.browser("u052").read("/desk/todo")

    assert "待办已处理完" in page
    assert "发起流程" in page


def test_work_goes_from_the_initiators_list_to_the_next_persons_and_on(site: Site) -> None:
    sales, legal = site.browser("u052"), site.browser("u061")
    case = submit(sales)

    waiting = legal.read("/desk/todo")
    assert TITLE in waiting
    assert "法务审核" in waiting
    task = waiting.split(f"/cases/{case}?task=")[1].split('"')[0]
    mine = texts(sales.read("/desk/started"))
    assert TITLE in mine
    assert "法务审核" in mine
    assert TITLE not in sales.read("/desk/todo")

    assert legal.act(f"/cases/{case}/act?task={task}", "approve", opinion="可以").status_code == 200
    assert TITLE not in legal.read("/desk/todo")
    done = texts(legal.read("/desk/done"))
    assert TITLE in done
    assert "法务审核 · 同意" in done


def test_work_is_unread_until_it_is_opened_from_the_list(site: Site) -> None:
    case = submit(site.browser("u052"))
    legal = site.browser("u061")
    page = legal.read("/desk/todo")
    assert page.count(">未读<") == 1

    legal.read(page.split('class="work" href="')[1].split('"')[0])
    assert ">未读<" not in legal.read("/desk/todo")
    assert f"/cases/{case}" in legal.read("/desk/todo")


def test_nobody_finds_the_work_of_others(site: Site) -> None:
    submit(site.browser("u052"))
    other = site.browser("u056")

    assert all(TITLE not in other.read(f"/desk/{tab}") for tab in ("todo", "done", "started", "told"))


def test_the_number_of_what_waits_stands_in_the_menu(site: Site) -> None:
    submit(site.browser("u052"))

    assert "1 条待办" in site.browser("u061").read("/start")


@pytest.mark.parametrize(("words", "found"), [("青禾", True), ("不存在的", False), ("100%", False)])
def test_the_search_looks_into_titles(site: Site, words: str, found: bool) -> None:
    sales = site.browser("u052")
    submit(sales)
    page = sales.get("/desk/started", query_string={"q": words}).text

    assert (TITLE in page) is found
    assert (f"没有找到“{words}”" in page) is not found


def test_more_lines_follow_page_by_page(site: Site) -> None:
    sales = site.browser("u052")
    numbers = [submit(sales, contract_name=f"合同{n:02}") for n in range(23)]
    first = sales.read("/desk/started")
    more = first.split('class="more"')[1].split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    rest = sales.client.get(more, headers={"HX-Request": "true"}).text

    shown = [one for page in (first, rest) for one in numbers if f'href="/cases/{one}"' in page]
    assert sorted(shown) == sorted(numbers)
    assert "<html" not in rest
    assert "加载更多" not in rest


@pytest.mark.parametrize("url", ["/desk/todo?after=x", "/desk/done?after=~1~", "/inbox?after=-1"])
def test_a_made_up_place_in_a_list_is_refused(site: Site, url: str) -> None:
    answer = site.browser("u052").get(url)

    assert answer.status_code == 422
    assert "翻页位置无效" in answer.text


def test_an_unknown_tab_is_not_found(site: Site) -> None:
    assert site.browser("u052").get("/desk/everything").status_code == 404


def test_the_start_page_offers_what_one_may_start(site: Site) -> None:
    sales, legal = (texts(site.browser(who).read("/start")) for who in ("u052", "u061"))

    assert "销售合同变更审批" in sales
    assert "还没有可以发起的流程" in legal


def test_notices_are_read_one_by_one_or_all_at_once(site: Site) -> None:
    tell(site, "u052", "一", "二", "三")
    sales = site.browser("u052")
    page = sales.read("/inbox")
    assert page.count(">未读<") == 3
    assert "3 条未读" in page

    assert sales.client.post("/inbox/read").location == "/inbox"
    assert ">未读<" not in sales.read("/inbox")


def test_following_a_notice_marks_it_and_no_other(site: Site) -> None:
    sales = site.browser("u052")
    case = submit(sales)
    tell(site, "u052", "一", "二")

    assert sales.get(f"/inbox/1?case={case}").location == f"/cases/{case}"
    assert sales.read("/inbox").count(">未读<") == 1


def test_nobody_marks_the_notices_of_others(site: Site) -> None:
    tell(site, "u052", "一")
    site.browser("u061").get("/inbox/1")

    assert "一" in texts(site.browser("u052").read("/inbox"))
    assert site.browser("u052").read("/inbox").count(">未读<") == 1
    assert "没有消息" in site.browser("u061").read("/inbox")


def test_what_became_of_a_case_is_told_in_the_readers_language(site: Site) -> None:
    sales, legal = site.browser("u052"), site.browser("u061")
    case = submit(sales)
    task = legal.read("/desk/todo").split(f"/cases/{case}?task=")[1].split('"')[0]
    legal.act(f"/cases/{case}/act?task={task}", "return", opinion="请说明依据", to="start")
    drain(site.session, HANDLERS, now=Clock.now().moment)

    assert "已退回，请修改后重新提交" in texts(sales.read("/inbox"))
    sales.client.post("/language", data={"language": "en", "next": "/profile"})
    assert "returned; please change it and submit it again" in texts(sales.read("/inbox"))


def test_a_notice_that_says_itself_what_became_of_a_case_is_left_as_it_was_written(site: Site) -> None:
    kept = "采购合同：已退回，请修改后重新提交"
    with site.session() as session, transaction(session) as tx:
        person = directory.today(tx).people["u052"].id
        payload = {"people": [person], "kind": "case_returned", "title": kept}
        notices.write(tx, payload, now=Clock.now().moment)

    assert texts(site.browser("u052").read("/inbox")).count("已退回，请修改后重新提交") == 1
