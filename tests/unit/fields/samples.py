"""A small organisation, two dictionaries, and for every field type a field with values that it may have."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from runtime.fields.address import PARTS
from runtime.fields.field_type import Reading
from runtime.fields.idcard import check_character
from runtime.language.app import Dictionary, Item
from runtime.language.directory import Company, Department, Directory, Person, Post, Role
from runtime.language.field import Field

DIRECTORY = Directory(
    revision=1,
    people={
        "u001": Person(
            id=1, code="u001", name="甲一", department="sales", company="hq", post="rep", emp_no="0001"
        ),
        "u002": Person(id=2, code="u002", name="乙二", department="legal", company="hq", active=False),
        "u003": Person(id=3, code="u003", name="丙三", department="sales", company="hq"),
    },
    departments={
        "sales": Department(code="sales", name="销售部", company="hq"),
        "legal": Department(code="legal", name="法务部", company="hq"),
    },
    companies={"hq": Company(code="hq", name="总公司"), "east": Company(code="east", name="华东公司")},
    posts={"rep": Post(code="rep", name="销售代表"), "head": Post(code="head", name="经理")},
    roles={"reviewer": Role(code="reviewer", name="评审员"), "clerk": Role(code="clerk", name="文员")},
)

STATES = Dictionary(
    code="state",
    name="状态",
    items=(Item("open", "进行中"), Item("done", "已完成"), Item("void", "作废", disabled=True)),
)
GOODS = Dictionary(
    code="goods",
    name="商品",
    items=(
        Item("appliance", "电器", children=(Item("kitchen", "厨电"), Item("hvac", "暖通"))),
        Item("tool", "工具"),
    ),
)
_BOOKS = {"base/state": STATES, "base/goods": GOODS}

READING = Reading(directory=DIRECTORY, dictionary=_BOOKS.get)


@dataclass(frozen=True)
class Sample:
    """A field of a type, and the values it may have."""

    field: Field
    values: st.SearchStrategy[Any]


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists that are not empty, without repetition."""
    return st.lists(strategy, min_size=1, max_size=4, unique=True)


def field_of(type_: str, **properties: Any) -> Field:
    """A field of the type."""
    return Field(code="it", type=type_, label="某字段", **properties)


def decimals(digits: int, places: int) -> st.SearchStrategy[Decimal]:
    """Numbers with that many digits before and places after the point; no negative zero."""
    whole = 10 ** (digits + places) - 1
    return st.integers(-whole, whole).map(lambda number: Decimal(number).scaleb(-places))


_line = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
)
_word = _line.map(str.strip).filter(bool)
_paragraph = st.lists(_word, min_size=1, max_size=3).map("\n".join)
_ids = st.uuids().map(str)


@st.composite
def _idcards(draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
    day = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    digits = f"{draw(st.integers(100000, 999999))}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + check_character(digits)


def _choices(*values: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


_MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC))

SAMPLES = {
    "text": Sample(field_of("text"), _word),
    "textarea": Sample(field_of("textarea"), _paragraph),
    "integer": Sample(field_of("integer"), st.integers(-(10**13) + 1, 10**13 - 1)),
    "decimal": Sample(field_of("decimal", precision=3), decimals(13, 3)),
    "money": Sample(field_of("money"), decimals(13, 2)),
    "money_upper": Sample(field_of("money_upper", options={"of": "amount"}), _word),
    "percent": Sample(field_of("percent", precision=2), decimals(3, 4)),
    "boolean": Sample(field_of("boolean"), st.booleans()),
    "select": Sample(field_of("select", options={"dict": "base/state"}), _choices("open", "done", "void")),
    "radio": Sample(field_of("radio", options={"options": ["有", "无"]}), _choices("有", "无")),
    "checkbox": Sample(field_of("checkbox", options={"dict": "base/state"}), some(_choices("open", "done"))),
    "cascade": Sample(
        field_of("cascade", options={"dict": "base/goods"}), _choices("kitchen", "hvac", "tool")
    ),
    "date": Sample(field_of("date"), st.dates()),
    "datetime": Sample(field_of("datetime"), _MOMENTS),
    "time": Sample(
        field_of("time"), st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
    ),
    "month": Sample(field_of("month"), st.dates(date(1000, 1, 1)).map(lambda day: f"{day:%Y-%m}")),
    "year": Sample(field_of("year"), st.integers(1000, 9999)),
    "user": Sample(field_of("user", multiple=True), some(_choices("u001", "u002", "u003"))),
    "department": Sample(field_of("department"), _choices("sales", "legal")),
    "post": Sample(field_of("post"), _choices("rep", "head")),
    "company": Sample(field_of("company"), _choices("hq", "east")),
    "role": Sample(field_of("role"), _choices("reviewer", "clerk")),
    "phone": Sample(field_of("phone"), st.integers(13000000000, 19999999999).map(str)),
    "email": Sample(field_of("email"), _choices("name@example.com", "o'neil+a@sub.example.org")),
    "idcard": Sample(field_of("idcard"), _idcards()),
    "url": Sample(field_of("url"), _choices("https://example.com", "http://example.com:80/a?b=c#d")),
    "address": Sample(
        field_of("address"), st.dictionaries(st.sampled_from(PARTS), _word, min_size=1).map(dict)
    ),
    "attachment": Sample(field_of("attachment"), some(_ids)),
    "image": Sample(field_of("image"), some(_ids)),
    "lookup": Sample(field_of("lookup", options={"from": "base/contract", "key": "no"}), _word),
    "serial": Sample(field_of("serial", options={"template": "HT{yyyy}{seq4}"}), _choices("HT20260001")),
    "rating": Sample(field_of("rating"), st.integers(1, 5)),
    "opinion": Sample(field_of("opinion", options={"node": "legal"}), st.none()),
}
