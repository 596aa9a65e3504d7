"""Random rows and random conditions that a database can test."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table

from runtime.language.expressions import Names, types
from runtime.language.expressions.types import Type, list_of, number
from runtime.store.column_types import column_type

D = Decimal
KINDS: Mapping[str, tuple[str, Type]] = {
    "amount": ("decimal", number(scale=2)),
    "price": ("decimal", number(scale=2)),
    "qty": ("integer", number(scale=0)),
    "left": ("integer", number(scale=0)),
    "name": ("text", types.TEXT),
    "other": ("text", types.TEXT),
    "signer": ("text", types.USER),
    "flag": ("boolean", types.BOOLEAN),
    "done": ("boolean", types.BOOLEAN),
    "day": ("date", types.DATE),
    "due": ("date", types.DATE),
    "start_at": ("datetime", types.DATETIME),
    "end_at": ("datetime", types.DATETIME),
    "clock": ("time", types.TIME),
    "tags": ("json", list_of(types.TEXT)),
    "rate": ("decimal", number(scale=4)),
    "free": ("decimal", types.NUMBER),
    "address": ("json", types.OBJECT),
}
FORM = Names(
    fields={
        "number": types.NUMBER,
        "text": types.TEXT,
        "day": types.DATE,
        "moment": types.DATETIME,
        "flag": types.BOOLEAN,
        "list": list_of(types.TEXT),
    },
)
NAMES = Names(fields={code: kind for code, (_, kind) in KINDS.items()}, form=FORM)
TABLE = Table(
    "filtered",
    MetaData(),
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True),
    Column("s_owner", Integer),
    *(Column(code, column_type(kind, scale=of.scale or 2)) for code, (kind, of) in KINDS.items()),
)
COLUMNS = {**TABLE.c, "record.owner": TABLE.c.s_owner}

_SMALL = [D(n) / 100 for n in (0, 1, -1, 99, 100, 101, 250, -250)]
_MONEY = st.sampled_from([*_SMALL, D("9" * 16 + ".99"), D("-" + "9" * 16 + ".99")])
_WHOLE = st.sampled_from([0, 1, -1, 2, 3, 10**18])
_TEXT = st.sampled_from(["a", "b", "B", "ab", "a ", "é", "中", "\U0001f600", "\ue000", "%", "_", "u1"])
_DAY = st.sampled_from([date(2026, 4, n) for n in (1, 2, 3, 8)] + [date.min, date.max, date(2026, 3, 1)])
_MOMENT = st.sampled_from(
    [datetime(2026, 4, 1, hour, tzinfo=UTC) for hour in (0, 1, 13)]
    + [datetime.max.replace(tzinfo=UTC), datetime(2026, 4, 1, 1, 0, 0, 1, tzinfo=UTC)]
)
_CLOCK = st.sampled_from([time(9), time(9, 0, 1), time(0), time(23, 59, 59, 999999)])
_VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "decimal": _MONEY,
    "integer": _WHOLE,
    "text": _TEXT,
    "boolean": st.booleans(),
    "date": _DAY,
    "datetime": _MOMENT,
    "time": _CLOCK,
    "json": st.just(["x"]),
}
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            code: st.none() | (st.sampled_from(_SMALL) if code in ("rate", "free") else _VALUES[kind])
            for code, (kind, _) in KINDS.items()
        }
    ),
    min_size=1,
    max_size=6,
)
FORM_VALUES = st.fixed_dictionaries(
    {
        "number": st.none() | st.sampled_from([D("1"), D("1.005"), D("-2.5"), D("1e30"), D("-1e30"), 3]),
        "text": st.none() | _TEXT | st.sampled_from(["a\0b", "\ud800", "a\udfffb"]),
        "day": st.none() | _DAY,
        "moment": st.none() | _MOMENT,
        "flag": st.none() | st.booleans(),
        "list": st.none() | st.lists(_TEXT | st.just("\0"), max_size=3),
    }
)

_SIGN = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
_EQUAL = st.sampled_from(["==", "!="])
_IN = st.sampled_from(["in", "not in"])
_ANY_COLUMN = st.sampled_from([*KINDS])


def _fill(template: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda found: template.format(**found))


_FIXED_NUMBER = st.sampled_from(
    ["0", "1.00", "1.005", "-0.001", "2.5", "form.number", "(form.number * 2)", "9" * 20, "null + 1"]
)
_NUMBERS = st.sampled_from(["amount", "price", "qty", "left", "rate"])
_MONEY_TERM = st.sampled_from(["amount", "price", "form.number", "1", "0.005", "-amount", "(price - 1)"])
_SUM = st.lists(_MONEY_TERM, min_size=1, max_size=4).flatmap(
    lambda terms: st.lists(st.sampled_from([" + ", " - "]), min_size=len(terms), max_size=len(terms)).map(
        lambda signs: "".join(one + sign for one, sign in zip(terms, signs, strict=True))[:-3]
    )
)
_DAYS = st.sampled_from(["1", "0.9", "-3", "form.number", "400", "-1000000", "99999999999"])
_DATE = st.one_of(
    st.sampled_from(["day", "due", "today()", "form.day", "date('2026-04-01')"]),
    _fill("day + {n}", n=_DAYS),
    _fill("due - {n} + {m}", n=_DAYS, m=_DAYS),
    _fill("add_days(due, {n})", n=_DAYS),
)
_TEXTS = st.sampled_from(["name", "other", "'a'", "'中'", "form.text", "concat('a', 'b')", "'%'"])
_LISTS = st.sampled_from(["('a', '中', null)", "form.list", "(form.text, 'b')"])
_MOMENTS = st.sampled_from(["start_at", "end_at", "now()", "form.moment", "datetime('2026-04-01 09:30')"])
_APART = st.sampled_from(
    [
        "days_between(day, due)",
        "days_between(today(), due)",
        "days_between(due, form.day)",
        "due - day",
        "due - today()",
    ]
)
_LEAF = st.one_of(
    _fill("{a} {s} {b}", a=_SUM, s=_SIGN, b=_SUM),
    _fill("{a} {s} {b}", a=_NUMBERS, s=_SIGN, b=_FIXED_NUMBER),
    _fill("{b} {s} {a}", a=_NUMBERS, s=_SIGN, b=_FIXED_NUMBER),
    _fill("qty + left {s} qty - {b}", s=_SIGN, b=_FIXED_NUMBER),
    _fill("{a} {s} (1, 1.005, form.number, null)", a=_NUMBERS | _SUM, s=_IN),
    _fill("{a} {s} {b}", a=_TEXTS, s=_SIGN, b=_TEXTS),
    _fill(
        "{a} {s} {b}",
        a=_TEXTS,
        s=_IN,
        b=_LISTS,
    ),
    _fill("name in ('a', other, {b})", b=_TEXTS),
    _fill("signer {s} {b}", s=_EQUAL, b=st.sampled_from(["initiator", "name", "'u1'"])),
    _fill("{a} {s} {b}", a=_DATE, s=_SIGN, b=_DATE),
    _fill("{a} {s} (today(), form.day)", a=_DATE, s=_IN),
    _fill("{a} {s} {b}", a=_APART, s=_SIGN, b=_FIXED_NUMBER),
    _fill("{a} {s} (7, 1, 0, 2.5)", a=_APART, s=_IN),
    _fill("{a} {s} {b}", a=_MOMENTS, s=_SIGN, b=_MOMENTS),
    _fill(
        "start_at + {n} {s} form.moment",
        n=_DAYS,
        s=_SIGN,
    ),
    _fill("clock {s} clock", s=_SIGN),
    _fill("flag {s} {b}", s=_EQUAL, b=st.sampled_from(["true", "false", "done", "form.flag"])),
    _fill("{c} {s} null", c=_ANY_COLUMN, s=_EQUAL),
    st.sampled_from(["flag", "done", "form.flag", "today() > form.day", "true", "1 < amount <= 2.5 < price"]),
)
CONDITION = st.recursive(
    _LEAF,
    lambda inner: st.one_of(
        _fill("({a} and {b})", a=inner, b=inner),
        _fill("({a} or {b})", a=inner, b=inner),
        _fill("not ({a})", a=inner),
    ),
    max_leaves=4,
)
