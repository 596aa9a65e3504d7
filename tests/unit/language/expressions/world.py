"""A small world to evaluate in: typed names, known people and tables, a stopped clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from runtime.language.expressions import Env, Lookup, Names, compile_expression, types
from runtime.language.expressions.types import Type, choice, list_of, number

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONEY = number(scale=2, style="money")
STATE = choice(values=frozenset({"draft", "done", "partial"}), dictionary="plan_state")

PROJECT: Mapping[str, Type] = {
    "project_no": types.TEXT,
    "name": types.TEXT,
    "amount": MONEY,
    "start": types.DATE,
}
BOOKING: Mapping[str, Type] = {"room": types.TEXT, "start_at": types.DATETIME, "end_at": types.DATETIME}

FIELDS: Mapping[str, Type] = {
    "amount": MONEY,
    "price": MONEY,
    "rate": number(scale=4, style="percent"),
    "qty": number(scale=0),
    "name": types.TEXT,
    "state": STATE,
    "flag": types.BOOLEAN,
    "day": types.DATE,
    "due": types.DATE,
    "start_at": types.DATETIME,
    "end_at": types.DATETIME,
    "clock": types.TIME,
    "signer": types.USER,
    "dept": types.DEPARTMENT,
    "tags": list_of(choice(values=frozenset({"amount", "other"}), dictionary="item")),
    "files": list_of(types.FILE),
    "address": types.OBJECT,
    "contract": types.TEXT,
    "合同金额": MONEY,
}
LINES: Mapping[str, Type] = {
    "qty": number(scale=0),
    "price": MONEY,
    "kind": types.TEXT,
    "staff": types.USER,
    "day": types.DATE,
    "ok": types.BOOLEAN,
}
SOURCE = Names(fields={"contract_no": types.TEXT, "balance": MONEY, "state": STATE})
NAMES = Names(
    fields=FIELDS,
    subtables={"lines": LINES, "others": {"value": MONEY}},
    lookups={"contract": Lookup("contract", "contract_no")},
    old=SOURCE,
    tables={"project": PROJECT, "common/project": PROJECT, "booking": BOOKING, "contract": SOURCE.fields}.get,
)


@dataclass
class Ports:
    """Ports with fixed answers; notes every question about a table."""

    zone: tzinfo = SHANGHAI
    initiator: str | None = "u1"
    current_user: str | None = "u2"
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    answer: Any = None

    def today(self) -> date:
        return date(2026, 4, 1)

    def now(self) -> datetime:
        return datetime(2026, 4, 1, 1, 0, tzinfo=UTC)

    def person(self, code: str) -> Mapping[str, Any] | None:
        return {"department": f"dept of {code}", "is_dept_head": code == "u1"} if code != "nobody" else None

    def lookup(self, **question: Any) -> Any:
        return self._asked("lookup", question)

    def lookup_where(self, **question: Any) -> Any:
        return self._asked("lookup_where", question)

    def live(self, **question: Any) -> Any:
        return self._asked("live", question)

    def exists(self, **question: Any) -> bool:
        return bool(self._asked("exists", question))

    def aggregate(self, **question: Any) -> Any:
        return self._asked("aggregate", question)

    def overlap(self, **question: Any) -> bool:
        return bool(self._asked("overlap", question))

    def label(self, *, dictionary: str, value: str) -> str:
        return {("plan_state", "done"): "已完成", ("item", "amount"): "金额"}.get((dictionary, value), value)

    def name(self, *, kind: str, code: str) -> str:
        return f"{kind}:{code}"

    def workdays(self, first: date, last: date) -> int:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sum(day.isoweekday() <= 5 for day in days)

    def _asked(self, what: str, question: Mapping[str, Any]) -> Any:
        self.asked.append((what, question))
        return self.answer


def evaluate(
    source: str,
    record: Mapping[str, Any] | None = None,
    *,
    names: Names = NAMES,
    ports: Ports | None = None,
    **places: Any,
) -> Any:
    """Return what `source` gives for `record`; `places` are further arguments of Env."""
    compiled = compile_expression(source, names=names)
    return compiled.evaluate(Env(ports=ports or Ports(), record=record or {}, **places))
