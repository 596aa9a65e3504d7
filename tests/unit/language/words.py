"""A small vocabulary of fakes: enough words to write a pack with, none of the product's behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from marshmallow import Schema, fields

from runtime.language.expressions import types
from runtime.language.expressions.types import Type
from runtime.language.field import Field
from runtime.language.vocabulary import Of
from runtime.registry import Registry, Vocabulary


class NoOptions(Schema):
    """A type without keys of its own."""


class ChoiceOptions(Schema):
    """A choice from a dictionary, or from options in place."""

    dict = fields.String()
    options = fields.List(fields.String())


class OfOptions(Schema):
    """A type that shows another field."""

    of = fields.String(required=True)


class SerialOptions(Schema):
    """A number by template."""

    template = fields.String(required=True)


class OpinionOptions(Schema):
    """The opinions given at a node."""

    node = fields.String(required=True)


LookupOptions = Schema.from_dict(
    {
        "from": fields.String(required=True),
        "key": fields.String(required=True),
        "filter": fields.String(),
        "columns": fields.List(fields.String()),
        "fill": fields.Dict(keys=fields.String(), values=fields.String()),
        "mode": fields.String(),
        "pick_rows": fields.Boolean(),
    }
)


@dataclass(frozen=True)
class FakeType:
    """A field type that is only read and checked."""

    code: str
    kind: Type | None
    options: type[Schema] = NoOptions
    label: str = "字段"

    def type(self, field: Field) -> Type | None:
        """Return its type in expressions."""
        if self.kind is None:
            return None
        kind = types.choice(dictionary=field.options["dict"]) if "dict" in field.options else self.kind
        return types.list_of(kind) if field.multiple else kind


@dataclass(frozen=True)
class FakeNode:
    """A node kind."""

    code: str
    keys: frozenset[str] = frozenset()
    human: bool = False
    label: str = "节点"


@dataclass(frozen=True)
class FakeAction:
    """A rule action."""

    code: str
    keys: frozenset[str]
    required: frozenset[str] = frozenset()
    label: str = "动作"


@dataclass(frozen=True)
class FakeSource:
    """An assignee source."""

    code: str
    of: frozenset[Of]
    options: Mapping[str, frozenset[str]] = field(default_factory=dict)
    label: str = "来源"


WHO = frozenset({"assignees", "exclude", "self", "empty", "empty_to"})
DATA = frozenset({"edit", "require", "hide", "opinion", "due", "return_to", "resubmit"})

TARGET = frozenset({"table", "match"})

WORDS = Vocabulary(
    fields=Registry(
        "字段类型",
        [
            FakeType("text", types.TEXT),
            FakeType("integer", types.number(scale=0)),
            FakeType("money", types.number(scale=2, style="money")),
            FakeType("boolean", types.BOOLEAN),
            FakeType("date", types.DATE),
            FakeType("user", types.USER),
            FakeType("department", types.DEPARTMENT),
            FakeType("attachment", types.list_of(types.FILE)),
            FakeType("select", types.TEXT, ChoiceOptions),
            FakeType("money_upper", types.TEXT, OfOptions),
            FakeType("serial", types.TEXT, SerialOptions),
            FakeType("lookup", types.TEXT, LookupOptions),
            FakeType("opinion", None, OpinionOptions),
        ],
    ),
    nodes=Registry(
        "节点类型",
        [
            FakeNode("start", human=True),
            FakeNode("fill", WHO | DATA, human=True),
            FakeNode("approve", WHO | DATA | {"decide", "reject", "finish", "on_reject"}, human=True),
            FakeNode("notify", frozenset({"assignees", "exclude", "hide"})),
            FakeNode("exclusive"),
            FakeNode("parallel"),
            FakeNode("join"),
            FakeNode("service", frozenset({"actions"})),
            FakeNode("end", frozenset({"terminate"})),
        ],
    ),
    actions=Registry(
        "动作",
        [
            FakeAction("create", frozenset({"table", "each", "set"}), frozenset({"table", "set"})),
            FakeAction(
                "update",
                TARGET | {"where", "each", "set", "add", "subtract", "guard", "rows"},
                TARGET,
            ),
            FakeAction("delete", TARGET | {"where", "rows"}, TARGET),
            FakeAction("start", frozenset({"start", "initiator", "set"}), frozenset({"start"})),
            FakeAction("notify", frozenset({"to", "channels", "repeat_days"}), frozenset({"to"})),
            FakeAction("reserve", TARGET | {"amount"}, TARGET | {"amount"}),
        ],
    ),
    sources=Registry(
        "人员来源",
        [
            FakeSource("initiator", frozenset({"none"})),
            FakeSource("previous", frozenset({"none"})),
            FakeSource("role", frozenset({"role"}), {"within": frozenset({"department", "company"})}),
            FakeSource("user", frozenset({"user"})),
            FakeSource("field", frozenset({"field"})),
            FakeSource("superior", frozenset({"person"})),
            FakeSource("department_head", frozenset({"person"}), {"levels": frozenset()}),
        ],
    ),
)
