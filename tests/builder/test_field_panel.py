"""The property panel of a field opens for every field there is, and for every half-finished one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import render_template_string

from builder.edits.documents import standing
from builder.store.drafts import Draft
from builder.usecases.designing import is_designer
from builder.usecases.open_draft import OpenedDraft, open_draft
from builder.web.views.field_panel import FieldPanel, field_panel
from runtime.fields import FIELDS
from runtime.store.database import db
from tests.web.site import PACKS, Site

APPS = sorted(path.parent.name for path in PACKS.glob("*/pack.yaml"))
DRAWN = """{% import "design/macros/field_panel.html" as made %}{{ made.field_panel(panel) }}"""


def places(document: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
    for one in document["fields"]:
        yield "fields", one["code"]
        for column in one.get("fields", ()):
            yield "fields", one["code"], "fields", column["code"]


def opened(site: Site, app: str) -> OpenedDraft:
    with site.app.test_request_context():
        admin = next(one for one in range(1, 500) if is_designer(session=db.session(), actor=one))
        return open_draft(session=db.session(), actor=admin, app=app)


def drafted(fields: Any, **more: Any) -> OpenedDraft:
    """A draft of one table with these fields."""
    documents = {
        "pack.yaml": {"schema": 1, "code": "app", "name": "应用", "version": "1.0.0"},
        "tables/t.yaml": {"code": "t", "name": "表", "key": ["a"], "fields": fields, **more},
    }
    return OpenedDraft(Draft("app", documents, None), "应用", "table", None, "", False, False)


def drawn(site: Site, found: FieldPanel | None) -> str:
    assert found is not None
    with site.app.test_request_context():
        return render_template_string(DRAWN, panel=found)


@pytest.mark.parametrize("app", APPS)
def test_every_field_of_every_pack_has_its_panel(site: Site, app: str) -> None:
    draft = opened(site, app)
    for one in standing(draft.draft.documents, "form", "table"):
        for place in places(one.document):
            with site.app.test_request_context():
                found = field_panel(draft, one.file, place, entity=one.name)
            page = drawn(site, found)
            assert 'data-as="code"' in page
            ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
            assert len(ids) == len(set(ids)), place


@pytest.mark.parametrize("type_", [one.code for one in FIELDS])
def test_a_bare_field_of_every_type_has_a_panel_with_each_of_its_options(site: Site, type_: str) -> None:
    draft = drafted([{"code": "a", "type": type_, "label": "甲"}])
    with site.app.test_request_context():
        found = field_panel(draft, "tables/t.yaml", ("fields", "a"), entity="t")
    page = drawn(site, found)
    kind = FIELDS.require(type_)
    for key in kind.options().fields:
        if key not in ("options", "key", "filter", "columns", "fill", "pick_rows"):  # these wait for others
            assert f'id="field-a-{key}"' in page, key
    for key in kind.properties - {"default"}:
        assert f'id="field-a-{key}"' in page, key


@pytest.mark.parametrize(
    "field",
    [
        {"code": "a"},
        {"code": "a", "type": 3, "label": ["x"]},
        {"code": "a", "type": "lookup", "label": "甲", "fill": ["x"], "from": 3, "columns": "x"},
        {"code": "a", "type": "lookup", "label": "甲", "fill": {"b": 3}, "from": "t", "columns": [1, "a"]},
        {"code": "a", "type": "select", "label": "甲", "options": [1, {"x": 1}], "default": {"expr": 3}},
        {"code": "a", "type": "select", "label": "甲", "dict": "nowhere", "default": [1]},
        {"code": "a", "type": "serial", "label": "甲", "template": 3, "validate": ["x", {"check": 1}]},
        {"code": "a", "type": "subtable", "label": "甲", "fields": "x"},
        {"code": "a", "type": "nothing", "label": "<b>", "required": "yes", "default": {}},
    ],
)
def test_a_half_finished_field_has_a_panel(site: Site, field: dict[str, Any]) -> None:
    draft = drafted([field, "x", None, {"label": "无编码"}])
    with site.app.test_request_context():
        found = field_panel(draft, "tables/t.yaml", ("fields", "a"), entity="t")
    assert "<b>" not in drawn(site, found).replace("&lt;b&gt;", "")


def test_no_field_has_no_panel() -> None:
    assert field_panel(drafted("x"), "tables/t.yaml", ("fields", "a"), entity="t") is None
    assert field_panel(drafted([]), "tables/no.yaml", ("fields", "a"), entity="t") is None
