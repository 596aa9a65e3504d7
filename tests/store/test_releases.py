"""Releases are kept once, numbered in order and compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from runtime.language.refusal import NotFound
from runtime.store import releases
from runtime.store.releases import Compiled, Release
from runtime.store.session import Session
from runtime.store.transaction import transaction
from tests.store.databases import watched

_NOW = datetime(2026, 1, 2, tzinfo=UTC)


def _store(session: Session, text: str, *, code: str = "crm", name: str = "客户") -> Release:
    with transaction(session) as tx:
        return releases.store(
            tx,
            code=code,
            name=name,
            version="1.0.0",
            content_hash=f"hash of {text}",
            files={"pack.yaml": text},
            by=1,
            at=_NOW,
        )


def test_a_release_is_numbered_and_current(session: Session) -> None:
    first, second = _store(session, "a"), _store(session, "b")

    assert (first.number, second.number) == (1, 2)
    assert releases.current(session, "crm") == second
    assert releases.release(session, first.id) == first
    assert releases.content(session, first.id) == {"pack.yaml": "a"}
    assert releases.releases(session, "crm") == [second, first]


def test_the_same_content_again_is_the_same_release(session: Session) -> None:
    first = _store(session, "a")

    assert _store(session, "a") == first
    assert releases.releases(session, "crm") == [first]


def test_going_back_to_older_content_is_a_new_release(session: Session) -> None:
    _store(session, "a")
    _store(session, "b")

    assert _store(session, "a").number == 3


def test_the_installed_apps_are_listed_with_their_current_release(session: Session) -> None:
    assert releases.installed(session) == ()

    first = _store(session, "a")
    _store(session, "x", code="other", name="其他")

    assert [(one.code, one.name) for one in releases.installed(session)] == [
        ("crm", "客户"),
        ("other", "其他"),
    ]
    assert releases.installed(session)[0].release == first


def test_a_release_is_compiled_once_however_often_it_is_asked_for(session: Session) -> None:
    first = _store(session, "a")
    asked: list[Mapping[str, str]] = []

    def compile_(files: Mapping[str, str]) -> str:
        asked.append(files)
        return files["pack.yaml"].upper()

    compiled = Compiled(compile_)
    assert compiled.of(session, first.id) == "A"
    with watched(session) as sent:
        assert compiled.of(session, first.id) == "A"

    # Which content it has is asked each time, by number: an id may mean another release in another database.
    assert len(sent) == 1
    assert len(asked) == 1


def test_only_so_many_compiled_contents_are_kept(session: Session) -> None:
    asked: list[str] = []

    def compile_(files: Mapping[str, str]) -> str:
        asked.append(files["pack.yaml"])
        return "made"

    compiled = Compiled(compile_, keep=1)
    first, second = _store(session, "a"), _store(session, "b")
    for release in (first, second, first):
        compiled.of(session, release.id)

    assert asked == ["a", "b", "a"]


def test_a_release_that_never_was_is_not_found(session: Session) -> None:
    for ask in (releases.release, releases.content, Compiled(dict).of):
        with pytest.raises(NotFound):
            ask(session, 99)
    assert releases.current(session, "ghost") is None
