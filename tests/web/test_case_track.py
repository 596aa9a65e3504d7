"""A case on its flow's picture: what is done, where it is, what is still to come."""

from __future__ import annotations

import re
from typing import Any

from tests.web.site import Browser, Site, submit


def states(browser: Browser, case: int) -> dict[str, str]:
    """State of each node as somebody sees it."""
    answer = browser.get(f"/cases/{case}/flow")
    assert answer.status_code == 200, answer.text
    return {one["code"]: one["state"] for one in answer.get_json()["nodes"]}


def act(browser: Browser, do: str, **more: Any) -> None:
    """Act on the only task that waits for somebody."""
    [url] = set(re.findall(r"/cases/\d+\?task=\d+", browser.read("/desk/todo")))
    answer = browser.act(url.replace("?", "/act?"), do, **more)
    assert answer.status_code == 200, answer.text


def test_a_case_is_followed_from_node_to_node(site: Site) -> None:
    rep, lawyer = site.browser("u052"), site.browser("u061")
    case = submit(rep)
    first = states(rep, case)
    act(lawyer, "approve", opinion="同意")
    second = states(rep, case)

    assert (first["start"], first["n_legal"], first["n_dir"], first["end"]) == (
        "done",
        "active",
        "todo",
        "todo",
    )
    assert (second["n_legal"], second["n_dir"]) == ("done", "active")
    picture = rep.get(f"/cases/{case}/flow").get_json()
    legal = next(one for one in picture["nodes"] if one["code"] == "n_legal")
    ways = {(one["from"], one["to"]): one["state"] for one in picture["edges"]}
    assert re.search(r"\S+ \d\d-\d\d \d\d:\d\d", legal["note"])
    assert ways["start", "n_legal"] == "done"
    assert ways["n_legal", "n_dir"] == "active"
    assert ways["n_sign", "end"] == "todo"


def test_what_was_sent_back_is_still_to_come(site: Site) -> None:
    rep, lawyer = site.browser("u052"), site.browser("u061")
    case = submit(rep)
    act(lawyer, "return", opinion="附件不全", to="start")

    found = states(rep, case)
    assert found["start"] == "active"
    assert found["n_legal"] == "bad"
    assert found["n_dir"] == "todo"


def test_the_picture_is_for_those_who_may_see_the_case(site: Site) -> None:
    case = submit(site.browser("u052"))

    assert site.browser("u030").get(f"/cases/{case}/flow").status_code == 404


def test_the_page_of_a_case_offers_its_picture(site: Site) -> None:
    rep = site.browser("u052")
    answer = rep.get(f"/cases/{submit(rep)}")

    assert "流程图" in answer.text
    assert "sha256-" in answer.headers["Content-Security-Policy"]
    assert "sha256-" not in rep.get("/desk/todo").headers["Content-Security-Policy"]


def test_why_it_is_somebodys_turn_is_said_in_the_readers_language(site: Site) -> None:
    rep, lawyer = site.browser("u052"), site.browser("u061")
    submit(rep)
    [url] = set(re.findall(r"/cases/\d+\?task=\d+", lawyer.read("/desk/todo")))
    assert "角色“法务" in lawyer.read(url)

    lawyer.client.post("/language", data={"language": "en", "next": "/profile"})
    page = lawyer.read(url)
    assert "Members of role “法务" in page
    assert "角色" not in page
