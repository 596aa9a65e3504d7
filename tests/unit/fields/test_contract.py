"""What holds for every field type in the registry."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from runtime.fields import FIELDS
from runtime.fields.field_type import FieldType, InvalidValue
from tests.unit.fields.samples import READING, SAMPLES

EVERY_TYPE = pytest.mark.parametrize("kind", list(FIELDS), ids=FIELDS.codes())
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ICONS = (Path(__file__).parents[3] / "scripts" / "icons.txt").read_text(encoding="utf-8").split()
PYTHON: dict[str, type | tuple[type, ...]] = {
    "text": str, "integer": int, "decimal": Decimal, "boolean": bool, "date": date, "datetime": datetime,
    "time": time, "json": (list, dict), "none": (),
}  # fmt: skip

_anything_in_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=5,
)
_near_misses = st.sampled_from(
    [
        "NaN",
        "Infinity",
        "1e3",
        "１２",
        "1,23",
        "--1",
        "9" * 40,
        "2026-02-30",
        "24:00",
        "\ud800",
        "\x00",
        "%",
        "@",
        "-",
    ]
)
_computed = st.one_of(
    st.none(),
    st.booleans(),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.integers(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.lists(st.text()),
)


@EVERY_TYPE
def test_a_type_can_be_read_by_people(kind: FieldType) -> None:
    assert CHINESE.search(kind.label)
    assert kind.icon in ICONS


@EVERY_TYPE
def test_its_options_are_labelled_and_closed(kind: FieldType) -> None:
    schema = kind.options()

    assert all(CHINESE.search(option.metadata["label"]) for option in schema.fields.values())
    with pytest.raises(ValidationError):
        schema.load(dict(SAMPLES[kind.code].field.options) | {"no_such_option": 1})


@EVERY_TYPE
def test_the_options_of_its_sample_load_as_they_are_written(kind: FieldType) -> None:
    written = dict(SAMPLES[kind.code].field.options)

    assert kind.options().load(written) == written


@EVERY_TYPE
def test_every_message_is_a_chinese_sentence(kind: FieldType) -> None:
    messages = [text for one in type(kind).__mro__ for text in getattr(one, "messages", {}).values()]

    assert all(CHINESE.search(text) and text.endswith("。") for text in messages)


@EVERY_TYPE
@given(data=st.data())
@settings(max_examples=25)
def test_what_is_dumped_reads_back_the_same(kind: FieldType, data: st.DataObject) -> None:
    sample = SAMPLES[kind.code]
    value = data.draw(sample.values)

    dumped = json.loads(json.dumps(kind.dump(sample.field, value)))

    assert kind.parse(sample.field, dumped, READING) == value


@EVERY_TYPE
@given(data=st.data())
@settings(max_examples=15)
def test_a_value_is_of_the_kind_it_is_stored_as(kind: FieldType, data: st.DataObject) -> None:
    sample = SAMPLES[kind.code]
    value = data.draw(sample.values)

    assert value is None or isinstance(value, PYTHON[kind.storage(sample.field).kind])


@EVERY_TYPE
@given(data=st.data())
@settings(max_examples=15)
def test_a_value_shows_as_text_and_its_mask_keeps_something_back(
    kind: FieldType, data: st.DataObject
) -> None:
    sample = SAMPLES[kind.code]
    value = data.draw(sample.values)

    shown, masked = kind.show(sample.field, value, READING), kind.mask(sample.field, value)

    assert isinstance(shown, str)
    assert (masked == "") == (value is None)
    assert value is None or masked != shown


@EVERY_TYPE
@given(data=st.data())
@settings(max_examples=15)
def test_only_types_with_limits_have_them(kind: FieldType, data: st.DataObject) -> None:
    sample = SAMPLES[kind.code]
    value = data.draw(sample.values)

    assert value is None or kind.limit(sample.field, value) is None
    if "min" not in kind.properties:
        assert kind.limit(replace(sample.field, min=10**9), value) is None


@EVERY_TYPE
@pytest.mark.parametrize("nothing", [None, "", "  ", "\n", [], {}])
def test_nothing_is_none(kind: FieldType, nothing: Any) -> None:
    assert kind.parse(SAMPLES[kind.code].field, nothing, READING) is None


@EVERY_TYPE
def test_nothing_dumps_to_nothing_and_masks_to_nothing(kind: FieldType) -> None:
    field = SAMPLES[kind.code].field

    assert kind.dump(field, None) is None
    assert kind.mask(field, None) == ""
    assert kind.fit(field, None) is None


@EVERY_TYPE
@given(raw=_anything_in_json | _near_misses)
@settings(max_examples=60)
def test_whatever_is_posted_is_a_value_or_a_problem(kind: FieldType, raw: Any) -> None:
    field = SAMPLES[kind.code].field
    value, message = _parsed_or_refused(kind, raw)

    assert message is None or CHINESE.search(message)
    assert value is None or isinstance(value, PYTHON[kind.storage(field).kind])
    assert kind.parse(field, kind.dump(field, value), READING) == value


@EVERY_TYPE
@given(value=_computed)
@settings(max_examples=40)
def test_whatever_is_computed_fits_its_column_or_is_nothing(kind: FieldType, value: Any) -> None:
    field = SAMPLES[kind.code].field

    fitted = kind.fit(field, value)

    assert fitted is None or isinstance(fitted, PYTHON[kind.storage(field).kind])


@EVERY_TYPE
def test_only_what_stores_nothing_is_out_of_reach_of_expressions(kind: FieldType) -> None:
    field = SAMPLES[kind.code].field

    assert (kind.type(field) is None) == (kind.storage(field).kind == "none")


def _parsed_or_refused(kind: FieldType, raw: Any) -> tuple[Any, str | None]:
    try:
        return kind.parse(SAMPLES[kind.code].field, raw, READING), None
    except InvalidValue as refused:
        return None, refused.message
