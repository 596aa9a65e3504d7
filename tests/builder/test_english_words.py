"""Rules, conditions, people and walk-throughs read as English sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from builder.edits.documents import standing
from builder.edits.rules.read import rule_of
from builder.edits.rules.scope import About, rule_scope
from builder.edits.scopes import scope_of, standpoint
from builder.words.expression_words import expression_words
from builder.words.name_tree import name_tree
from builder.words.name_words import Labels
from builder.words.rule_words import rule_words
from builder.words.story_words import StoryWords
from builder.words.trigger_words import trigger_tag
from runtime.language import speech
from runtime.language.lint.scope import Scope
from scripts.catalogs import WINGS, translations
from tests.builder.english_house import FOUND
from tests.builder.pack_expressions import apps, documents, written

WRITE = {"flow": "pay", "on": "approved", "do": "update", "table": "ledger", "match": {"no": "number"}}


@pytest.fixture(autouse=True)
def unsaid() -> Iterator[set[str]]:
    """Let everything be said in English; yield what is asked for and has none."""
    english = {text: words for wing in reversed(WINGS) for text, words in translations(wing, "en").items()}
    missing: set[str] = set()
    before = speech._translated

    def translated(text: str) -> str:
        if not text.isascii() and not english.get(text):
            missing.add(text)
        return english.get(text) or text

    speech.speak_with(translated)
    yield missing
    speech.speak_with(before)


def words(source: str, place: str = "entity:bill") -> str:
    return expression_words(source, Labels(standpoint(scope_of(FOUND, {}), place)))


def rule(**document: Any) -> str:
    return rule_words(About(rule_scope(FOUND, {}), rule_of({"code": "r", **document})))


def pack_scope(app: str) -> Scope:
    return rule_scope(documents()[app], {code: one for code, one in apps().items() if code != app})


@pytest.mark.parametrize("app", sorted(documents()))
def test_all_that_packs_do_is_said_in_english(app: str, unsaid: set[str]) -> None:
    scope = pack_scope(app)
    for one in standing(documents()[app], "rule"):
        about = About(scope, rule_of(one.document))
        assert rule_words(about).endswith(".")
        assert trigger_tag(about)
    for one in standing(documents()[app], "walkthrough"):
        assert list(StoryWords(scope, {}).story(one.document))
    for expression in written():
        if expression.app == app:
            at = standpoint(scope_of(documents()[app], apps()), expression.scope)
            assert expression_words(expression.source, Labels(at))
    assert unsaid == set()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            {**WRITE, "when": "amount > 10000", "set": {"paid": "amount"}},
            "When “Contract” is approved, if Amount > 10,000: in “Ledger” find the one record (exactly one)"
            " whose “No.” equals this case's “Number”, set “Paid” to this case's “Amount”.",
        ),
        (
            {
                **WRITE,
                "where": "old.paid > 0",
                "add": {"paid": "1"},
                "subtract": {"paid": "amount + 1"},
                "guard": "old.paid < 5",
                "message": "Bill {number} is paid",
            },
            "When “Contract” is approved: in “Ledger” find the one record (exactly one)"
            " whose “No.” equals this case's “Number” and that meets (Paid of the target > 0),"
            " add 1 to “Paid”, subtract (Amount + 1) from “Paid”; unless (Paid of the target < 5),"
            " refuse the whole action and say “Bill [Number] is paid”.",
        ),
        (
            {
                "flow": "pay",
                "on": "node.check.done",
                "do": "create",
                "table": "ledger",
                "each": "lines",
                "set": {"paid": "row.price", "no": "if(amount > 1, 'a', 'b')"},
            },
            "When “Check” of “Contract” is handled: for each row of “Lines”, add a record to “Ledger”:"
            " set “Paid” to this row's “Price”, set “No.” to “a” (if Amount > 1; otherwise “b”).",
        ),
        (
            {
                "source": "ledger",
                "on": {"before": "due", "days": [1], "at": "08:30"},
                "do": "notify",
                "to": [{"role": "finance", "within": "company"}, {"superior": "initiator"}],
                "channels": ["email"],
                "message": "{no} is due",
                "repeat_days": 1,
            },
            "1 day before “Due” at 08:30, for each record of “Ledger”: notify role “Finance” (within the"
            " company), the direct superior of Initiator (Email): “[No.] is due”; at most once a day.",
        ),
        (
            {"source": "ledger", "on": "deleted", "do": "start", "start": "pay", "initiator": "initiator"},
            "When a record of “Ledger” is deleted: start “Contract” on behalf of Initiator.",
        ),
        (
            {"flow": "pay", "on": "rejected", "do": "delete", "table": "ledger"},
            "When “Contract” is rejected: in “Ledger” delete each record (not specified yet).",
        ),
        ({}, "“(no flow chosen)” (no moment chosen yet): (no action chosen yet)."),
    ],
)
def test_a_rule_is_an_english_sentence(document: dict[str, Any], said: str) -> None:
    assert rule(**document) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("not (amount > 1 and (number == null or number != 'x'))", None),
        ("amount > 1 or number in ('a', 'b')", "Amount > 1 or Number is one of “a”, “b”"),
        ("sum(lines.price) - amount > 0", "(the total of Price of Lines) − Amount > 0"),
        ("count_if(lines, row.price > 1) == 2", "the number of rows of Lines where (Price > 1) = 2"),
        ("all_rows(lines, row.price != null)", "every row of Lines meets (Price is not empty)"),
        ("day > add_days(today(), -1)", "Day > 1 day before Today"),
        ("add_months(day, 3)", "3 months after Day"),
        ("days_between(day, today())", "the number of days from Day to Today"),
        ("coalesce(amount, 0, 1)", "(Amount, or 0 if empty, or 1 if empty)"),
        ("if(amount > 1, 2, 3)", "(if Amount > 1 then 2, otherwise 3)"),
        ("round(amount / 3, 2)", "(Amount ÷ 3) rounded to 2 decimal places"),
        ("exists('ledger', no=number)", "there is a record in Ledger where (No. = Number)"),
        (
            "sum_of('ledger', 'paid', no=number) % 2",
            "(the total of Paid in Ledger where (No. = Number)) mod 2",
        ),
        ("initiator.department == clerk.department", "Department of Initiator = Department of Clerk"),
        ("clerk.is_dept_head", "Clerk is a department head"),
        ("record.created_by == current_user", "Creator of this record = Current user"),
        ("nothing(amount)", "[nothing(amount)]"),
        ("1 +* 2", "[1 +* 2]"),
    ],
)
def test_a_condition_is_english(source: str, said: str | None) -> None:
    expected = said or "not (Amount > 1 and (Number is empty or Number ≠ “x”))"
    assert words(source) == expected


@pytest.mark.parametrize(
    ("step", "text", "more"),
    [
        (
            {"as": "u1", "submit": "pay", "data": {"number": "7", "lines": [{"price": 1}]}},
            "Ann submits “Contract”",
            ("Filled in: Number: 7; Lines: 1 row",),
        ),
        (
            {
                "as": "u1",
                "do": "approve",
                "at": "check",
                "opinion": "fine",
                "expect": {"case": "approved", "path": ["start", "check"], "task": {"check": ["u1"]}},
            },
            "Ann approves at “Check”, with the opinion “fine”",
            ("The case is approved", "Passes through Draft → Check", "“Check” is with Ann"),
        ),
        (
            {"as": "initiator", "do": "return", "at": "check", "to": "start"},
            "Initiator returns the case at “Check” to “Draft”",
            (),
        ),
        ({"as": "u1", "do": "transfer", "to": "u2"}, "Ann transfers the task to Bob", ()),
        (
            {
                "as": "u2",
                "edit": "ledger",
                "match": {"no": "7"},
                "refused": "forbidden",
                "message": "no",
                "expect": {"unchanged": ["ledger"], "hidden": {"u2": ["paid"]}},
            },
            "Bob edits a record of “Ledger” (7)",
            (
                "Unchanged: Ledger",
                "Bob does not see Paid",
                "Must be refused (forbidden) with a message that contains “no”",
            ),
        ),
        (
            {"clock": "2026-04-01", "expect": {"ledger": [{"no": "7", "paid": None}]}},
            "The clock reaches 2026-04-01",
            ("“Ledger” has (No.: 7, Paid: (empty))",),
        ),
        ({}, "Check only", ()),
    ],
)
def test_a_step_is_an_english_sentence(step: dict[str, Any], text: str, more: tuple[str, ...]) -> None:
    told = StoryWords(rule_scope(FOUND, {}), {"u1": "Ann", "u2": "Bob"})
    one = told.step(step, told.scope.app.flows[0])

    assert (one.text, one.more) == (text, more)


def test_the_names_that_are_offered_are_english(unsaid: set[str]) -> None:
    groups = {one["code"]: one for one in name_tree(standpoint(scope_of(FOUND, {}), "rule:bill:ledger"))}

    assert groups["old"]["label"] == "Target record (Ledger)"
    assert groups["initiator"]["fields"][1]["label"] == "Department of Initiator"
    assert unsaid == set()
