"""Publishing a draft, on both databases: all of it or nothing, and never past somebody else's work."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from builder.edits.anywhere import InsertItem, RemoveItem, SetValue
from builder.store import draft_edits, drafts
from builder.usecases.check_draft import check_draft
from builder.usecases.export_app import export_app
from builder.usecases.go_back import go_back
from builder.usecases.import_app import import_app
from builder.usecases.open_publication import next_version
from builder.usecases.publish_draft import publish_draft, rebase_draft
from runtime.language.problem import Problems
from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, Refused
from runtime.packs.read import PackFiles
from runtime.running.context import Clock
from runtime.store import audit, releases
from runtime.usecases.install_packs import Options, install_packs
from tests.builder.drafting import FORM, LEDGER, TABLE, current, edit, label, opened, publish, table
from tests.usecases.house import House


def test_a_draft_becomes_the_next_release_and_is_gone(house: House) -> None:
    label(house, "供应商全称")

    done = publish(house, note="改名")

    assert (done.release, done.version, done.changed) == (2, "1.0.1", True)
    found = releases.current(house.session, "trade")
    assert found is not None
    assert found.note == "改名"
    draft = drafts.read(house.session, "trade")
    assert draft is not None
    assert (draft.changes, draft.base) == ({}, found.id)
    assert draft_edits.entries(house.session, "trade") == []
    kinds = [one.kind for one in audit.entries(house.session, object="pack/trade")]
    assert kinds[0] == "pack.published"


def test_what_changes_for_the_rows_is_counted(filled: House) -> None:
    filled.submit(supplier="G001")
    edit(filled, RemoveItem(FORM, ("fields", "least")))
    edit(filled, SetValue(TABLE, ("fields", "level", "unique"), True))
    edit(filled, SetValue(TABLE, ("fields", "since", "required"), True))
    edit(filled, SetValue(TABLE, ("fields", "credit", "type"), "text"))
    edit(filled, RemoveItem("dictionaries/level.yaml", ("items", "lost")))

    found = opened(filled)

    assert found.counts == {
        ("request", "least", "removed"): 1,
        ("supplier", "level", "unique"): 0,
        ("supplier", "since", "required"): 1,
        ("supplier", "credit", "retyped"): 3,
        ("level", "lost", "removed"): 1,
    }
    assert found.running == {1: 1}
    assert found.problems  # `least` and `lost` are still used


def test_a_draft_with_problems_is_not_published(house: House) -> None:
    edit(house, RemoveItem(TABLE, ("fields", "credit")))

    problems = check_draft(session=house.session, actor=house.person("root"), app="trade").problems
    with pytest.raises(Problems) as refused:
        publish(house)

    assert problems == refused.value.problems
    assert any(one.path.startswith("rules/") or one.path.startswith("tables/") for one in problems)
    assert current(house)[0] == 1
    assert drafts.read(house.session, "trade").changes  # type: ignore[union-attr]  # there it is


def test_nothing_is_published_by_halves(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(house, InsertItem(TABLE, ("fields",), {"code": "extra", "type": "text", "label": "补充"}))

    def fails(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the last step fails")

    # Tables are made, the release is stored: the draft is dropped last.
    monkeypatch.setattr(drafts, "drop", fails)
    with pytest.raises(RuntimeError):
        publish(house)

    assert current(house) == (1, "1.0.0")
    assert "extra" not in table(house, "supplier").columns
    draft = drafts.read(house.session, "trade")
    house.session.rollback()
    assert draft is not None
    assert draft.touched == (TABLE,)
    monkeypatch.undo()
    assert publish(house).release == 2
    assert "extra" in table(house, "supplier").columns


def test_what_was_edited_since_the_page_was_shown_is_not_published_unseen(house: House) -> None:
    label(house, "一")
    seen = opened(house)
    label(house, "二")

    with pytest.raises(Conflict) as refused:
        house.run(publish_draft, "root", app="trade", seen=seen.stamp, version="2.0.0")

    assert refused.value.code == "draft_changed"
    assert current(house)[0] == 1


def test_no_revision_comes_again(house: House) -> None:
    def rev() -> int:
        return opened(house).opened.draft.rev(TABLE)

    revs = [rev()]
    _installed(house, {FORM: ("事由", "他人的事由")})
    for text in ("一", "二"):
        revs.append(rev())
        label(house, text)
    revs.append(rev())
    _installed(house, {FORM: ("他人的事由", "别人的事由")})
    house.run(rebase_draft, "root", app="trade", seen=opened(house).stamp, chosen={})
    label(house, "三")
    revs.append(rev())
    publish(house, version="2.0.0")

    assert sorted({*revs, rev()}) == [*revs, rev()]


def test_repeated_values_keep_a_field_from_being_unique(filled: House) -> None:
    edit(filled, SetValue(TABLE, ("fields", "active", "unique"), True))

    with pytest.raises(Problems):
        publish(filled)

    assert current(filled)[0] == 1


@pytest.mark.parametrize("version", ["", "eins", "1.0\n", "9" * 80])
def test_a_wrong_version_is_told_at_its_place(house: House, version: str) -> None:
    label(house, "一")

    with pytest.raises(Problems) as refused:
        publish(house, version=version)

    assert {one.path for one in refused.value.problems} == {"pack.yaml $.version"}


def test_slots_are_bound_to_what_exists_only(house: House) -> None:
    label(house, "一")

    with pytest.raises(InvalidAnswers) as refused:
        publish(house, bindings={"legal": "nobody_knows"}, note="x" * 3000)

    assert [one.path for one in refused.value.problems] == ["$.slot.legal", "$.note"]
    assert publish(house, bindings={"legal": "legal"}).release == 2


def test_only_designers_publish(house: House) -> None:
    for use_case, given in (
        (publish_draft, {"seen": "", "version": "2"}),
        (rebase_draft, {"seen": "", "chosen": {}}),
        (go_back, {"number": 1}),
    ):
        with pytest.raises(Forbidden):
            house.run(use_case, "sam", app="trade", **given)
    with pytest.raises(Forbidden):
        export_app(session=house.session, actor=house.person("sam"), app="trade")
    with pytest.raises(Forbidden):
        house.run(import_app, "sam", stream=BytesIO(b"x"), name="x.zip", max_mb=1)


def test_without_changes_there_is_nothing_to_publish(house: House) -> None:
    with pytest.raises(Refused) as refused:
        publish(house)

    assert refused.value.code == "nothing_to_publish"


def _installed(house: House, replaced: dict[str, tuple[str, str]]) -> None:
    """Publish another release past the draft, as an administrator installing a pack does."""
    found = releases.current(house.session, "trade")
    assert found is not None
    texts = dict(releases.content(house.session, found.id))
    for file, (old, new) in replaced.items():
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new)
    house.session.rollback()
    install_packs(
        session=house.session,
        clock=Clock(house.moment),
        actor=0,
        packs=[PackFiles(texts)],
        options=Options(make_roles=True),
    )


def test_a_release_made_meanwhile_is_met_first(house: House) -> None:
    label(house, "我的供应商")
    label(house, "我的事由", FORM)
    _installed(house, {FORM: ("事由", "他人的事由"), LEDGER: ("采购台账", "采购总账")})
    found = opened(house)
    assert found.meeting is not None
    meeting = found.meeting
    assert (meeting.carried, meeting.taken, meeting.conflicts) == ((TABLE,), (LEDGER,), (FORM,))

    with pytest.raises(Conflict) as behind:
        publish(house, version="1.0.1")
    assert behind.value.code == "behind"
    with pytest.raises(InvalidAnswers) as unsolved:
        house.run(rebase_draft, "root", app="trade", seen=found.stamp, chosen={})
    assert [one.path for one in unsolved.value.problems] == [f"{FORM} $"]

    house.run(rebase_draft, "root", app="trade", seen=found.stamp, chosen={FORM: "theirs"})

    after = opened(house)
    assert after.meeting is None
    assert after.opened.draft.touched == (TABLE,)
    assert publish(house).release == 3
    documents = drafts.read(house.session, "trade").documents  # type: ignore[union-attr]  # there it is
    assert documents[LEDGER]["name"] == "采购总账"
    assert next(one for one in documents[FORM]["fields"] if one["code"] == "reason")["label"] == "他人的事由"
    assert next(one for one in documents[TABLE]["fields"] if one["code"] == "name")["label"] == "我的供应商"


@pytest.mark.parametrize("formula", ["1 + 'x'", "(" * 9000, "amount + 1", "nosuch(1)", "if(true, 1, 'x')"])
def test_an_expression_that_never_types_is_told_where_it_stands(house: House, formula: str) -> None:
    edit(house, SetValue(FORM, ("fields", "amount", "formula"), formula))

    problems = opened(house).problems

    assert any(one.path.startswith(f"{FORM} $.fields[") for one in problems), problems
    with pytest.raises(Problems):
        publish(house)
    assert current(house)[0] == 1


@pytest.mark.parametrize(
    ("now", "drafted", "proposed"),
    [
        ("1.0.0", "1.0.0", "1.0.1"),
        ("1.9", "1.9", "1.10"),
        ("1.0.0", "2.0.0", "2.0.0"),
        ("", "0.1.0", "0.1.0"),
    ],
)
def test_the_next_version_is_proposed(now: str, drafted: str, proposed: str) -> None:
    assert next_version(now, drafted) == proposed
