"""Undo and redo, file by file: in whatever order people do it, the documents are what was made of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.edits.history import Entry, lost, redoable, undoable

FILES = ("form", "flow", "table")
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "undo", "redo"]),
        st.sampled_from(FILES),
        st.sets(st.sampled_from(FILES), max_size=1),
    ),
    max_size=40,
)


def entry(number: int, *files: str, undone: bool = False) -> Entry:
    return Entry(number, frozenset(files), undone)


@given(ACTIONS)
def test_each_file_is_the_sum_of_the_edits_that_stand(actions: list[tuple[str, str, set[str]]]) -> None:
    """A file is a list of edit numbers: an edit is put on what it was made on, or taken off the top."""
    entries: list[Entry] = []
    files: dict[str, list[int]] = {file: [] for file in FILES}
    made_on: dict[tuple[int, str], list[int]] = {}
    for number, (do, file, more) in enumerate(actions, start=1):
        if do == "edit":
            touched = {file, *more}
            entries = [one for one in entries if one.number not in lost(entries, touched)]
            entries.append(Entry(number, frozenset(touched)))
            for one in touched:
                made_on[number, one] = list(files[one])
                files[one].append(number)
            continue
        step = undoable(entries, file) if do == "undo" else redoable(entries, file)
        if step is None or step.blocked:
            continue
        found = next(one for one in entries if one.number == step.number)
        for one in found.files:
            if do == "undo":
                assert files[one].pop() == step.number
            else:
                assert files[one] == made_on[step.number, one]
                files[one].append(step.number)
        entries = [replace(one, undone=do == "undo") if one is found else one for one in entries]


@pytest.mark.parametrize(
    ("entries", "file", "number", "blocked"),
    [
        ([entry(1, "form"), entry(2, "flow")], "form", 1, ""),
        ([entry(1, "form"), entry(2, "form", undone=True)], "form", 1, ""),
        ([entry(1, "form", "flow"), entry(2, "flow")], "form", 1, "flow"),
    ],
)
def test_undo_takes_the_last_edit_of_the_file(
    entries: list[Entry], file: str, number: int, blocked: str
) -> None:
    step = undoable(entries, file)

    assert step is not None
    assert (step.number, step.blocked) == (number, blocked)


def test_there_is_nothing_to_undo_where_nothing_was_done() -> None:
    assert undoable([entry(1, "flow")], "form") is None
    assert redoable([entry(1, "form")], "form") is None


def test_a_new_edit_ends_what_was_undone_and_what_was_made_on_it() -> None:
    entries = [
        entry(2, "form", "flow", undone=True),
        entry(3, "flow", undone=True),
        entry(4, "table", undone=True),
    ]

    assert lost(entries, ["form"]) == {2, 3}


def test_what_was_undone_before_it_stays() -> None:
    entries = [entry(1, "form", undone=True), entry(2, "form", "flow", undone=True), entry(3, "flow")]

    assert lost(entries, ["flow"]) == {2}
    assert lost(entries, ["form"]) == {1, 2}
