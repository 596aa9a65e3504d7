"""Values from dictionaries and from the organisation, files, references, serial numbers."""

from datetime import date

import pytest

from runtime.fields import FIELDS
from runtime.fields.field_type import InvalidValue, Storage
from runtime.fields.image import PICTURES, Image
from runtime.fields.lookup import Lookup
from runtime.fields.serial_template import InvalidTemplate, next_number, parse_template
from runtime.language.expressions.types import TEXT, USER, list_of
from tests.unit.fields.reading import limit, parsed, refusal, shown
from tests.unit.fields.samples import READING, field_of

STATE = field_of("select", options={"dict": "base/state"})
STATES = field_of("checkbox", options={"dict": "base/state"}, min=2)
GOODS = field_of("cascade", options={"dict": "base/goods"})


def test_a_value_is_stored_by_its_code_and_shown_by_its_label() -> None:
    assert parsed(STATE, "open") == "open"
    assert shown(STATE, "open") == "进行中"
    assert refusal(STATE, "进行中") == "没有“进行中”这一项。"


def test_a_value_that_left_the_dictionary_is_shown_as_it_is() -> None:
    assert shown(STATE, "gone") == "gone"


def test_a_disabled_value_stays_legal_for_the_records_that_have_it() -> None:
    assert parsed(STATE, "void") == "void"


def test_several_are_a_list_without_repetition_in_the_order_chosen() -> None:
    assert parsed(STATES, ["done", "open", "done"]) == ["done", "open"]
    assert parsed(STATES, "done、open") == ["done", "open"]
    assert shown(STATES, ["done", "open"]) == "已完成、进行中"
    assert limit(STATES, ["done"]) == "至少选 2 项。"


def test_one_is_not_several() -> None:
    assert refusal(STATE, ["open", "done"]) == "只能选一项，现有 2 项。"


def test_a_cascade_is_chosen_to_its_end_unless_any_level_may_be() -> None:
    anywhere = field_of("cascade", options={"dict": "base/goods", "any_level": True})

    assert parsed(GOODS, "kitchen") == "kitchen"
    assert shown(GOODS, "kitchen") == "电器 / 厨电"
    assert refusal(GOODS, "appliance") == "请选到最末一级，“电器”下还有细分。"
    assert parsed(anywhere, "appliance") == "appliance"


def test_people_are_codes_shown_by_name_even_when_they_have_left() -> None:
    field = field_of("user")

    assert parsed(field, "u002") == "u002"
    assert shown(field, "u002") == "乙二"
    assert refusal(field, "u999") == "组织架构中没有编码为“u999”的人员。"


def test_multiple_people_are_a_list_of_people() -> None:
    field = field_of("user", multiple=True)

    assert parsed(field, ["u001", "u002"]) == ["u001", "u002"]
    assert FIELDS.require("user").type(field) == list_of(USER)
    assert FIELDS.require("user").storage(field) == Storage("json")


def test_files_are_counted_and_limited() -> None:
    field = field_of("attachment", options={"max_files": 2}, min=2)

    assert parsed(field, ["a-1", "b-2", "a-1", "b-2"][:2]) == ["a-1", "b-2"]
    assert shown(field, ["a-1", "b-2"]) == "2 个文件"
    assert refusal(field, ["a", "b", "c"]) == "最多 2 个文件，现有 3 个。"
    assert refusal(field, ["../etc/passwd"]) == "应为已上传的文件。"
    assert limit(field, ["a-1"]) == "至少 2 个文件。"


def test_a_picture_is_never_a_vector_file() -> None:
    narrowed = field_of("image", options={"extensions": ["PNG", ".svg"]})

    assert Image().extensions(field_of("image")) == PICTURES
    assert Image().extensions(narrowed) == ("png",)


def test_a_reference_has_a_key_and_beside_it_the_row() -> None:
    field = field_of("lookup", options={"from": "base/contract", "key": "no"})

    assert Lookup().type(field) == TEXT
    assert Lookup().extra_columns(field) == {"it_ref": Storage("integer")}
    assert [Lookup().read_ref(raw) for raw in ("12", 12, None, "")] == [12, 12, None, None]
    with pytest.raises(InvalidValue, match="应为来源表中的一行"):
        Lookup().read_ref("x")


def test_a_draft_says_that_its_number_comes_later_which_is_no_value() -> None:
    field = field_of("serial", options={"template": "HT{seq4}"})

    assert FIELDS.require("serial").say(field, None, READING) == "提交后生成"
    assert shown(field, None) == ""


def test_serial_numbers_count_within_their_period() -> None:
    counters: dict[str, int] = {}

    def count(period: str) -> int:
        counters[period] = counters.get(period, 0) + 1
        return counters[period]

    template = parse_template("XSHT{yyyy}{MM}{dd}{seq4}号")
    days = [date(2026, 1, 9), date(2026, 1, 9), date(2026, 1, 10)]

    assert [next_number(template, on=day, count=count) for day in days] == [
        "XSHT202601090001号", "XSHT202601090002号", "XSHT202601100001号",
    ]  # fmt: skip


def test_a_serial_number_grows_rather_than_repeat_itself() -> None:
    assert parse_template("A{yy}-{seq2}").number(date(2026, 1, 1), count=100) == "A26-100"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("HT{yyyy}", "要有且只有一个流水段"),
        ("{seq2}{seq3}", "要有且只有一个流水段"),
        ("{year}{seq4}", "不认识 {year}"),
        ("{seq4", "花括号没有成对"),
        ("{seq0}", "不认识 {seq0}"),
        ("x" * 61 + "{seq1}", "最多 60 个字符"),
    ],
)
def test_a_template_says_what_is_wrong_with_it(text: str, reason: str) -> None:
    with pytest.raises(InvalidTemplate, match=reason):
        parse_template(text)
