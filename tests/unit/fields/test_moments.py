"""Dates, moments, times, months, years, and yes or no."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from runtime.fields import FIELDS
from tests.unit.fields.reading import limit, parsed, refusal, shown
from tests.unit.fields.samples import field_of


@pytest.mark.parametrize("raw", ["2026-11-05", "2026/11/5", "2026.11.05", "2026年11月5日", date(2026, 11, 5)])
def test_a_day_may_be_written_in_the_usual_ways(raw: Any) -> None:
    assert parsed(field_of("date"), raw) == date(2026, 11, 5)


@pytest.mark.parametrize(
    "raw", ["2026-02-30", "20261105", "11/05/2026", "２０２６-11-05", 5, datetime(2026, 1, 1)]
)
def test_what_is_no_day_is_refused_with_an_example(raw: Any) -> None:
    assert refusal(field_of("date"), raw).startswith("应为日期，如 2026-11-20，现为“")


def test_dates_keep_within_their_limits() -> None:
    field = field_of("date", min="2026-01-01", max="2026-12-31")

    assert limit(field, date(2026, 6, 1)) == ""
    assert limit(field, date(2025, 12, 31)) == "不能小于 2026-01-01。"
    assert limit(field, date(2027, 1, 1)) == "不能大于 2026-12-31。"


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-20T09:30",
        "2026-11-20 09:30:00",
        "2026/11/20 09:30",
        "2026-11-20T01:30Z",
        "2026-11-20T01:30:00+00:00",
    ],
)
def test_a_moment_without_a_zone_is_meant_in_the_installations_zone(raw: str) -> None:
    assert parsed(field_of("datetime"), raw) == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def test_a_moment_shows_in_the_installations_zone() -> None:
    assert shown(field_of("datetime"), datetime(2026, 11, 20, 17, 5, 9, tzinfo=UTC)) == "2026-11-21 01:05"


@pytest.mark.parametrize("raw", ["2026-11-20", "2026-13-01T00:00", "0001-01-01T00:00", "09:30", 20261120])
def test_what_is_no_moment_is_refused(raw: Any) -> None:
    assert "应为日期时间" in refusal(field_of("datetime"), raw)


def test_times_have_seconds_only_where_there_are_some() -> None:
    assert parsed(field_of("time"), "9:30") == time(9, 30)
    assert shown(field_of("time"), time(9, 30)) == "09:30"
    assert shown(field_of("time"), time(9, 30, 5)) == "09:30:05"
    assert "应为时间" in refusal(field_of("time"), "24:00")


def test_months_and_years_are_read_from_what_people_write() -> None:
    assert parsed(field_of("month"), "2026年3月") == "2026-03"
    assert parsed(field_of("year"), "2026年") == 2026
    assert "应为月份" in refusal(field_of("month"), "2026-13")
    assert "应为四位年份" in refusal(field_of("year"), "26")


def test_a_computed_date_serves_as_its_month_and_its_year() -> None:
    day = date(2026, 3, 31)

    assert FIELDS.require("month").fit(field_of("month"), day) == "2026-03"
    assert FIELDS.require("year").fit(field_of("year"), day) == 2026


@pytest.mark.parametrize(
    ("raw", "value"), [(True, True), ("true", True), ("是", True), (1, True), ("否", False), ("off", False)]
)
def test_yes_and_no_may_be_written_in_the_usual_ways(raw: Any, value: bool) -> None:
    assert parsed(field_of("boolean"), raw) is value


def test_yes_and_no_show_in_words_and_no_answer_is_neither() -> None:
    assert [shown(field_of("boolean"), value) for value in (True, False, None)] == ["是", "否", ""]
    assert refusal(field_of("boolean"), "也许") == "应为“是”或“否”，现为“也许”。"
