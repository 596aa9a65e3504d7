"""What a process keeps of a database is what was committed there, also after a use case that failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from runtime.store import directory, organisation, releases
from runtime.store.releases import Compiled, Release
from runtime.store.session import Session
from runtime.store.transaction import transaction
from tests.store.databases import watched
from tests.store.organisation import ORGANISATION

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


class Failed(Exception):
    """The use case stops after it has read what it wrote."""


def rename(session: Session, name: str, *, fail: bool = False) -> None:
    with transaction(session) as tx:
        people = [one | {"name": name} for one in ORGANISATION["people"]]
        organisation.load_organisation(tx, ORGANISATION | {"people": people})
        assert directory.today(tx).people["sam"].name == name
        if fail:
            raise Failed


def release(session: Session, text: str, made: Compiled[str], *, fail: bool = False) -> Release:
    with transaction(session) as tx:
        stored = releases.store(
            tx,
            code="crm",
            name=text,
            version="1.0.0",
            content_hash=text,
            files={"pack.yaml": text},
            by=1,
            at=_NOW,
        )
        assert made.of(tx, stored.id) == text
        assert [one.name for one in releases.installed(tx)] == [text]
        if fail:
            raise Failed
    return stored


def test_an_organisation_that_was_never_committed_is_forgotten(session: Session) -> None:
    with pytest.raises(Failed):
        rename(session, "未提交", fail=True)
    rename(session, "已提交")

    assert directory.today(session).people["sam"].name == "已提交"


def test_a_release_that_was_never_committed_is_forgotten(session: Session) -> None:
    def compile(files: Mapping[str, str]) -> str:
        return files["pack.yaml"]

    made = Compiled(compile)
    with pytest.raises(Failed):
        release(session, "bad", made, fail=True)
    stored = release(session, "good", made)

    assert made.of(session, stored.id) == "good"
    assert [one.name for one in releases.installed(session)] == ["good"]


def test_what_was_committed_is_read_once_more_and_then_kept(session: Session) -> None:
    rename(session, "甲")
    directory.today(session)
    number = directory.today(session).revision

    with watched(session) as sent:
        assert directory.today(session, revision=number).people["sam"].name == "甲"
    assert sent == []
