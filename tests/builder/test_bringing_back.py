"""Earlier releases brought back, drafts given away and taken in, on both databases."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from builder.edits.anywhere import InsertItem, RemoveItem, SetValue
from builder.packs.export import export_pack
from builder.store import draft_files, draft_list, drafts
from builder.usecases.drop_draft import drop_draft
from builder.usecases.edit_draft import edit_draft, turn_draft
from builder.usecases.export_app import export_app
from builder.usecases.go_back import go_back
from builder.usecases.import_app import import_app
from builder.usecases.list_releases import compare_releases, list_releases
from builder.usecases.open_publication import open_publication
from builder.usecases.publish_draft import publish_draft
from runtime.language import speech
from runtime.language.kept_speech import said
from runtime.language.problem import Problems
from runtime.language.refusal import Conflict, NotFound
from runtime.packs.read import read_zip
from runtime.store import audit
from tests.builder.drafting import LEDGER, TABLE, edit, label, opened, publish, table
from tests.packs.zips import zipped
from tests.usecases.house import House


def test_an_earlier_release_comes_back_as_an_edit(house: House) -> None:
    edit(house, InsertItem(LEDGER, ("fields",), {"code": "extra", "type": "text", "label": "补充"}))
    publish(house)

    assert house.run(go_back, "root", app="trade", number=1) == ("pack.yaml", LEDGER)
    asked: dict[str, Any] = {"session": house.session, "actor": house.person("root"), "app": "trade"}
    told = compare_releases(**asked, before="1", after="draft")
    assert told.files == ()
    done = publish(house, version="1.1.0")

    assert done.release == 3
    # Nothing is lost in the table: the column is only retired.
    assert "extra" not in table(house, "purchase").columns
    assert "extra" in table(house, "purchase", release=2).columns
    lines = list_releases(**asked).lines
    assert [(one.release.number, one.current) for one in lines] == [(3, True), (2, False), (1, False)]
    with pytest.raises(NotFound):
        house.run(go_back, "root", app="trade", number=9)


def test_going_back_can_be_undone(house: House) -> None:
    label(house, "新名")
    publish(house)
    house.run(go_back, "root", app="trade", number=1)
    rev = opened(house).opened.draft.rev(TABLE)

    house.run(turn_draft, "root", app="trade", file=TABLE, rev=rev, way="undo")

    assert opened(house).opened.draft.touched == ()


def test_an_export_is_imported_as_the_same_draft(house: House) -> None:
    label(house, "供应商全称")
    actor = house.person("root")
    exported = export_app(session=house.session, actor=actor, app="trade")
    released = export_app(session=house.session, actor=actor, app="trade", number=1)
    assert released.content == export_pack(session=house.session, app="trade")
    house.session.rollback()
    publish(house, version="1.0.1")

    code = house.run(import_app, "root", stream=BytesIO(exported.content), name="trade.zip", max_mb=1)

    assert code == "trade"
    assert opened(house).opened.draft.touched == ("pack.yaml",)  # only its version is another one
    again = export_app(session=house.session, actor=actor, app="trade")
    assert again.content == exported.content


def test_a_new_app_comes_in_with_its_rows_and_is_published_with_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {
        "pack.yaml": "schema: 1\ncode: key\nname: 钥匙\nversion: 1.0.0\n",
        "tables/key.yaml": "code: key\nname: 钥匙\nkey: [no]\nfields:\n"
        "  - {code: no, type: text, label: 编号}\n  - {code: room, type: text, label: 房间}\n",
        "seeds/key.csv": "no,room\nA-1,101\n",
    }
    content = zipped({name: text.encode() for name, text in files.items()})
    assert house.run(import_app, "root", stream=BytesIO(content), name="key.zip", max_mb=1) == "key"
    draft = drafts.read(house.session, "key")
    assert draft is not None
    assert list(draft_files.read(house.session, draft)) == ["seeds/key.csv"]
    exported = export_app(session=house.session, actor=house.person("root"), app="key")
    assert read_zip(exported.content).data == {"seeds/key.csv": files["seeds/key.csv"].encode()}

    # A column goes with its field, so that removing a field never blocks the publication.
    draft_rev = draft.rev("tables/key.yaml")
    removal = RemoveItem("tables/key.yaml", ("fields", "room"))
    house.run(edit_draft, "root", app="key", rev=draft_rev, edit=removal)
    found = open_publication(session=house.session, actor=house.person("root"), app="key")
    assert found.problems == ()
    assert found.left_out == ("seeds/key.csv：去掉列 room",)
    monkeypatch.setattr(speech, "_translated", lambda text: text.replace("去掉列", "no longer with"))
    assert [said(one) for one in found.left_out] == ["seeds/key.csv：no longer with room"]
    done = house.run(publish_draft, "root", app="key", seen=found.stamp, version="1.0.0")
    # On the record it stands for readers of any language.
    record = audit.entries(house.session, object="pack/key")[0]
    assert record.detail["left_out"] == ["seeds/key.csv：去掉列 room"]

    assert (done.release, done.rows) == (1, 1)


def test_other_rows_alone_are_changes_that_are_published_or_dropped(house: House) -> None:
    page = opened(house).stamp
    exported = read_zip(export_app(session=house.session, actor=house.person("root"), app="trade").content)
    files = {name: text.encode() for name, text in exported.texts.items()} | {**exported.data}
    brought = zipped({**files, "demo/supplier.csv": "name,credit\n新来的,1\n".encode()})

    def bring() -> None:
        house.run(import_app, "root", stream=BytesIO(brought), name="trade.zip", max_mb=1)

    bring()
    found = opened(house)
    assert (found.opened.draft.changes, found.data) == ({}, ("demo/supplier.csv",))
    with pytest.raises(Conflict):
        house.run(publish_draft, "root", app="trade", seen=page, version="1.0.1")
    assert house.run(drop_draft, "root", app="trade", seen=found.stamp)
    assert opened(house).data == ()
    bring()
    assert publish(house).release == 2
    assert opened(house).data == ()


def test_what_changes_nothing_leaves_no_draft_behind(house: House) -> None:
    exported = export_app(session=house.session, actor=house.person("root"), app="trade").content

    house.run(go_back, "root", app="trade", number=1)
    house.run(import_app, "root", stream=BytesIO(exported), name="trade.zip", max_mb=1)
    edit(house, SetValue("pack.yaml", ("version",), "1.0.0"))

    assert draft_list.all_drafts(house.session) == []


HOSTILE = [
    (b"PK\x03\x04 no zip", "not_a_zip"),
    (zipped({"../pack.yaml": b"x"}), "unsafe_name"),
    (zipped({"pack.yaml": b"\xff\xfe"}), "not_utf8"),
    (zipped({"pack.yaml": b"code: [", "a.zip": b""}), "nested"),
    (zipped({"pack.yaml": b"schema: 1\ncode: key\nname: 1\nversion: 1.0.0\n"}), "wrong_type"),
    (zipped({"pack.yaml": b"schema: 1\ncode: key\nname: " + b"x" * 900_000 + b"\nversion: 1.0.0\n"}), None),
]


@pytest.mark.parametrize(("content", "code"), HOSTILE)
def test_a_hostile_pack_is_refused_and_nothing_kept(house: House, content: bytes, code: str | None) -> None:
    with pytest.raises(Problems) as refused:
        house.run(import_app, "root", stream=BytesIO(content), name="x.zip", max_mb=6)

    assert all(one.path for one in refused.value.problems)
    assert code is None or code in {one.code for one in refused.value.problems}
    assert draft_list.all_drafts(house.session) == []
