"""Shorthands of the tests: parse and show with the sample organisation, and the message of a refusal."""

from typing import Any

import pytest

from runtime.fields import FIELDS
from runtime.fields.field_type import InvalidValue
from runtime.language.field import Field
from tests.unit.fields.samples import READING


def parsed(field: Field, raw: Any) -> Any:
    """The value of an answer."""
    return FIELDS.require(field.type).parse(field, raw, READING)


def shown(field: Field, value: Any) -> str:
    """The value as people read it."""
    return FIELDS.require(field.type).show(field, value, READING)


def refusal(field: Field, raw: Any) -> str:
    """Why the answer is no value."""
    with pytest.raises(InvalidValue) as caught:
        parsed(field, raw)
    return caught.value.message


def limit(field: Field, value: Any) -> str:
    """Why a value breaks the field's limits; "" if it does not."""
    broken = FIELDS.require(field.type).limit(field, value)
    return broken.message if broken else ""
