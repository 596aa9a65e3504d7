"""The pack `trade` being designed: words for the tests of drafts on both databases."""

from __future__ import annotations

from typing import Any

from builder.edits.anywhere import SetValue
from builder.edits.edit import Edit
from builder.store import drafts
from builder.usecases.edit_draft import edit_draft
from builder.usecases.open_publication import Publication, open_publication
from builder.usecases.publish_draft import publish_draft
from runtime.store import entity_tables, releases
from runtime.store.entity_tables import EntityTable
from runtime.usecases.install_packs import Installed
from tests.usecases.house import House

FORM, TABLE, LEDGER = "forms/request.yaml", "tables/supplier.yaml", "tables/purchase.yaml"


def edit(house: House, edit: Edit, who: str = "root") -> None:
    """Make an edit of the draft."""
    draft = drafts.read(house.session, "trade")
    house.session.rollback()
    assert draft is not None
    house.run(edit_draft, who, app="trade", rev=draft.rev(edit.file), edit=edit)


def label(house: House, text: str, file: str = TABLE) -> None:
    """Rename a field."""
    edit(house, SetValue(file, ("fields", "name" if file == TABLE else "reason", "label"), text))


def opened(house: House, who: str = "root") -> Publication:
    """Return what publishing would bring."""
    return open_publication(session=house.session, actor=house.person(who), app="trade")


def publish(house: House, **given: Any) -> Installed:
    """Publish the draft as its page shows it."""
    found = opened(house)
    asked = {"app": "trade", "seen": found.stamp, "version": found.version, **given}
    return house.run(publish_draft, "root", **asked)


def table(house: House, code: str, release: int | None = None) -> EntityTable:
    """Return a table as it is now, or was."""
    found = entity_tables.read(house.session).get(f"trade/{code}", release=release)
    house.session.rollback()
    return found


def current(house: House) -> tuple[int, str]:
    """Return number and version of the current release."""
    found = releases.current(house.session, "trade")
    house.session.rollback()
    assert found is not None
    return found.number, found.version
