"""What scripts choose from: records with the chooser's rights, and people of the house."""

from __future__ import annotations

import pytest

from tests.web.site import Site, submit

START = "/pick/start/sales_contract/sales_contract_flow"


def test_a_lookup_offers_the_rows_that_one_may_pick(site: Site) -> None:
    answer = site.browser("u052").post(START, path="$.customer_no", q="", after=None, values={}).get_json()

    names = [cell for row in answer["rows"] for cell in row["cells"]]
    assert "青禾示范商贸" in names
    assert "远帆示范物流" not in names
    assert {"key", "ref", "text", "cells"} == set(answer["rows"][0])
    assert {"label", "figure"} == set(answer["columns"][0])


def test_hidden_columns_are_not_in_the_answer(site: Site) -> None:
    answer = site.browser("u052").post(START, path="$.products[0].product_no", q="", values={})

    assert answer.status_code == 200
    assert "CP90003" in answer.text
    assert "45000" not in answer.text.replace(",", "")


@pytest.mark.parametrize(("words", "count"), [("青禾", 1), ("没有", 0)])
def test_words_narrow_the_choice(site: Site, words: str, count: int) -> None:
    answer = site.browser("u052").post(START, path="$.customer_no", q=words, values={})

    assert len(answer.get_json()["rows"]) == count
    assert answer.get_json()["next"] is None


def test_a_case_is_picked_for_by_who_fills_it_in(site: Site) -> None:
    case = submit(site.browser("u052"))
    asked = {"path": "$.customer_no", "q": "", "values": {}}

    assert site.browser("u053").post(f"/pick/case/{case}", **asked).status_code == 404
    assert site.browser("u061").post(f"/pick/case/{case}", **asked).status_code == 403


def test_a_record_is_picked_for_by_its_editor(site: Site) -> None:
    url = "/pick/record/customer_archive/customer"
    answer = site.browser("u061").post(url, path="$.customer_no", q="", values={})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "$.nothing"}, 404),
        ({"path": "$.contract_name"}, 404),
        ({}, 400),
        ({"path": 1}, 400),
        ({"path": "$.customer_no", "q": []}, 400),
        ({"path": "$.customer_no", "after": "made up"}, 422),
    ],
)
def test_a_wrong_question_is_refused(site: Site, asked: dict[str, object], status: int) -> None:
    assert site.browser("u052").post(START, **asked).status_code == status


@pytest.mark.parametrize(
    ("kind", "words", "found"),
    [
        ("people", "易秋", "易秋池"),
        ("departments", "法务", "法务"),
        ("roles", "财务", "财务"),
        ("posts", "", ""),
        ("companies", "", ""),
    ],
)
def test_people_and_departments_are_found_by_name(site: Site, kind: str, words: str, found: str) -> None:
    items = site.browser("u052").get(f"/directory/{kind}", query_string={"q": words}).get_json()["items"]

    assert items
    assert all(found in one["label"] for one in items[:1])
    assert {"value", "label", "note"} == set(items[0])


def test_an_unknown_kind_is_not_found(site: Site) -> None:
    assert site.browser("u052").get("/directory/secrets?q=").status_code == 404


def test_a_script_without_a_session_is_told_so(site: Site) -> None:
    stranger = site.app.test_client()

    assert stranger.post(START, json={"path": "$.customer_no"}).status_code == 401
