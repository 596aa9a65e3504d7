"""Texts, and texts with a form of their own."""

from typing import Any

import pytest

from runtime.fields import FIELDS
from tests.unit.fields.reading import limit, parsed, refusal, shown
from tests.unit.fields.samples import field_of


def test_surrounding_blanks_and_line_breaks_are_no_part_of_a_line() -> None:
    assert parsed(field_of("text"), "  云服务\n合同 ") == "云服务 合同"


def test_several_lines_keep_their_breaks() -> None:
    assert parsed(field_of("textarea"), " 一\r\n二\r三 \n") == "一\n二\n三"


def test_characters_that_nobody_types_are_dropped() -> None:
    assert parsed(field_of("text"), "a\x00b\ud800c") == "abc"
    assert parsed(field_of("text"), "\x00") is None


def test_too_long_text_says_by_how_much() -> None:
    assert refusal(field_of("text", options={"max_length": 3}), "一二三四") == "最多 3 个字，现有 4 个字。"


def test_numbers_are_taken_as_text_and_truth_values_are_not() -> None:
    assert parsed(field_of("text"), 123) == "123"
    assert refusal(field_of("text"), True) == "应为一段文字。"


def test_limits_of_text_count_characters() -> None:
    assert limit(field_of("text", min=2), "一") == "至少 2 个字。"
    assert limit(field_of("text", max=2), "一二") == ""


@pytest.mark.parametrize(
    "raw",
    ["13800001234", "138 0000 1234", "0571-88880000", "(0571)88880000", "400-800-1234", "+8613800001234"],
)
def test_these_are_telephone_numbers(raw: str) -> None:
    assert parsed(field_of("phone"), raw)


@pytest.mark.parametrize("raw", ["12345", "23800001234", "138000012345", "电话"])
def test_these_are_none(raw: str) -> None:
    assert "应为手机号" in refusal(field_of("phone"), raw)


def test_masks_keep_what_tells_people_apart() -> None:
    masks = {
        "phone": ("13800001234", "138****1234"),
        "idcard": ("11010519491231002X", "110***********002X"),
        "email": ("name@example.com", "n***@example.com"),
        "text": ("秘密", "***"),
    }

    assert all(
        FIELDS.require(kind).mask(field_of(kind), value) == mask for kind, (value, mask) in masks.items()
    )


def test_an_address_is_masked_to_its_city() -> None:
    address = {"province": "浙江省", "city": "杭州市", "detail": "某路 1 号"}

    assert FIELDS.require("address").mask(field_of("address"), address) == "浙江省杭州市***"


def test_identity_numbers_are_checked_to_the_last_character() -> None:
    field = field_of("idcard")

    assert parsed(field, "11010519491231002x") == "11010519491231002X"
    assert refusal(field, "110105194912310021") == "校验位不符，请核对身份证号。"
    assert refusal(field, "110105194913310029") == "应为 18 位身份证号。"
    assert refusal(field, "123") == "应为 18 位身份证号。"


def test_mail_addresses_have_a_domain() -> None:
    assert parsed(field_of("email"), " Name@Example.COM ") == "Name@example.com"
    assert "应为邮箱" in refusal(field_of("email"), "name@localhost")
    assert "应为邮箱" in refusal(field_of("email"), "a b@example.com")


def test_only_addresses_of_the_web_are_addresses() -> None:
    assert parsed(field_of("url"), "example.com/a") == "https://example.com/a"
    for raw in (
        "javascript:alert(1)",
        "ftp://example.com",
        "http://a b",
        "//example.com",
        "https://user@evil",
    ):
        assert "应为" in refusal(field_of("url"), raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("某路 1 号", {"detail": "某路 1 号"}),
        ({"city": " 杭州市 ", "province": "浙江省", "detail": ""}, {"province": "浙江省", "city": "杭州市"}),
        ({"detail": " "}, None),
    ],
)
def test_plain_text_is_the_detail_of_an_address(raw: Any, value: Any) -> None:
    assert parsed(field_of("address"), raw) == value


def test_an_address_shows_in_one_line_and_a_municipality_once() -> None:
    assert (
        shown(field_of("address"), {"province": "上海市", "city": "上海市", "detail": "某路"}) == "上海市某路"
    )
    assert refusal(field_of("address"), {"street": "x"}) == "应为地址：省、市、区和详细地址。"
