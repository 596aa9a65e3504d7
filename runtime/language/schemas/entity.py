"""Forms and base tables."""

from collections.abc import Mapping
from typing import Any

from runtime.language.entity import Entity, Quota, Section, View
from runtime.language.schemas.compound import Listed, Nested
from runtime.language.schemas.document import Document
from runtime.language.schemas.field import CheckSchema, FieldItem
from runtime.language.schemas.items import Code, Formula, Text
from runtime.language.schemas.wrong import Wrong


class SectionSchema(Document):
    """The document form of a `Section`."""

    builds = Section
    section = Text(required=True, data_key="section", attribute="title", longest=200)
    rows = Listed(Listed(Text(), least=1), required=True)
    note = Text()


class ViewSchema(Document):
    """The document form of a `View`."""

    builds = View
    code = Code(required=True)
    name = Text(required=True, longest=200)
    columns = Listed(Text(), required=True, least=1)
    sort = Listed(Text())
    filters = Listed(Text())
    search = Listed(Text())
    where = Formula()
    note = Text()


class QuotaSchema(Document):
    """The document form of a `Quota`."""

    builds = Quota
    total = Formula(required=True)
    reserved = Text(required=True)
    used = Text(required=True)
    note = Text()


class NamedCheckSchema(CheckSchema):
    """A validation of a whole entity, which needs a code of its own."""

    code = Code(required=True)


class EntitySchema(Document):
    """The document form of an `Entity`; its kind is the folder that it stands in."""

    builds = Entity
    code = Code(required=True)
    name = Text(required=True, longest=200)
    note = Text()
    key = Listed(Text())
    title = Text()
    owner = Text()
    owner_dept = Text()
    unique = Listed(Listed(Text(), least=1))
    indexes = Listed(Listed(Text(), least=1))
    fields_ = Listed(
        FieldItem(), required=True, least=1, distinct="code", data_key="fields", attribute="fields"
    )
    validations = Listed(Nested(NamedCheckSchema), distinct="code")
    quota = Nested(QuotaSchema)
    layout = Listed(Nested(SectionSchema))
    views = Listed(Nested(ViewSchema), distinct="code")


class FormSchema(EntitySchema):
    """The document form of a form (单据)."""

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Entity:
        """Return the form."""
        del original
        return Entity(kind="form", **data)


class TableSchema(EntitySchema):
    """The document form of a base table (底表)."""

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Entity:
        """Return the table."""
        del original
        return Entity(kind="table", **data)

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the document as a whole."""
        found = super().faults(original)
        if original.get("key") in (None, [], ()):
            found["key"] = [Wrong("missing", "")]
        return found
