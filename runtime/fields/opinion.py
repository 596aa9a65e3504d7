"""Opinions of those who approve."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from typing import Any

from marshmallow import fields

from runtime.fields.field_type import NOTHING, FieldType, Options, Reading, Storage
from runtime.language.expressions.types import Type
from runtime.language.field import Field


class OpinionOptions(Options):
    """Options of an opinion."""

    node = fields.String(required=True, metadata={"label": "审批节点"})


class Opinion(FieldType):
    """Where on the form the opinions of a node stand. Stores nothing: they are its events."""

    code = "opinion"
    label = "审批意见"
    icon = "signature"
    wide = True
    options = OpinionOptions
    properties = frozenset()
    typed = False

    def storage(self, field: Field) -> Storage:
        """Keep nothing."""
        return NOTHING

    def type(self, field: Field) -> Type | None:
        """Not readable."""
        return None

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return nothing: an opinion is given with an action, not with the form."""
        return None

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return nothing; the page shows the events."""
        return ""

    def fit(self, field: Field, value: Any) -> Any:
        """Nothing to compute."""
        return None
