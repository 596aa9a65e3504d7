"""Every field of every pack can be renamed, and the app holds as before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from builder.edits.documents import Documents
from builder.edits.place import value_at
from builder.edits.rename_field import RenameField
from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_documents
from runtime.language.yaml_text import read_yaml
from runtime.packs.read import read_pack
from runtime.packs.vocabulary import VOCABULARY
from tests.unit.language.samples import FILES
from tests.web.site import PACKS

APPS = sorted(path.parent.name for path in PACKS.glob("*/pack.yaml"))
FRESH = "zz_renamed"


@cache
def documents_of(app: str) -> Documents:
    return {file: read_yaml(text).value for file, text in read_pack(PACKS / app).texts.items()}


@cache
def sample() -> Documents:
    return {file: read_yaml(text).value for file, text in FILES.items()}


@cache
def loaded(app: str) -> App:
    return load_documents(documents_of(app), VOCABULARY)


def others() -> Mapping[str, App]:
    return {app: loaded(app) for app in APPS}


def places(documents: Documents) -> Iterator[tuple[str, tuple[str, ...]]]:
    for file, document in documents.items():
        if file.startswith(("tables/", "forms/")):
            for one in document["fields"]:
                yield file, ("fields", one["code"])
                for column in one.get("fields", ()):
                    yield file, ("fields", one["code"], "fields", column["code"])


def told(documents: Documents) -> list[tuple[str, str]]:
    """Problems of an app, without the field's own name in them."""
    found = lint(load_documents(documents, VOCABULARY), others(), VOCABULARY)
    return [(one.path, one.code) for one in found]


@pytest.mark.parametrize("app", APPS)
def test_every_field_of_every_pack_can_be_renamed_and_the_app_still_holds(app: str) -> None:
    documents = documents_of(app)
    before = told(documents)
    for file, place in places(documents):
        renamed = RenameField(file, place, FRESH).apply(documents)
        assert value_at(renamed[file], (*place[:-1], FRESH)) is not None
        assert told(renamed) == before, (file, place)


@pytest.mark.parametrize("app", APPS)
def test_renaming_back_gives_the_same_app(app: str) -> None:
    documents = documents_of(app)
    for file, place in places(documents):
        renamed = RenameField(file, place, FRESH).apply(documents)
        back = RenameField(file, (*place[:-1], FRESH), place[-1]).apply(renamed)
        assert {key: one for key, one in back.items() if key != "permissions.yaml"} == {
            key: one for key, one in documents.items() if key != "permissions.yaml"
        }, (file, place)
        assert list(map(str, back[file]["fields"])) == list(map(str, documents[file]["fields"]))


@pytest.mark.parametrize("place", list(places(sample())), ids=str)
def test_every_field_of_the_sample_can_be_renamed(place: tuple[str, tuple[str, ...]]) -> None:
    file, steps = place
    renamed = RenameField(file, steps, FRESH).apply(sample())
    found = lint(load_documents(renamed, VOCABULARY), {}, VOCABULARY)
    assert [one for one in found if "unknown" in one.code] == []
