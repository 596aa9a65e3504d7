"""Walk-throughs (`tests/*.yaml`) and queries: data with known keys."""

from collections.abc import Mapping
from typing import Any

from marshmallow.exceptions import SCHEMA

from runtime.language.app import Walkthrough
from runtime.language.schemas.compound import Listed, Table
from runtime.language.schemas.document import Document, shared
from runtime.language.schemas.items import Choice, Code, Data, Formula, Item, Ref, Text
from runtime.language.schemas.wrong import Wrong, no_mapping, shown, wrong_type
from runtime.language.speech import _, listed

#: What a step does; without any it moves the clock or only looks.
DEEDS = ("submit", "save", "do", "create", "edit", "delete", "open", "list", "start")


#: What `do` can be: everything that people do to a task or a case (flow semantics §5).
ACTIONS = (
    *("approve", "complete", "return", "reject", "withdraw", "recall", "claim", "release", "save", "comment"),
    *("transfer", "consult", "answer", "add_signer", "remove_signer", "cc", "urge", "rate"),
    *("jump", "reassign", "terminate", "suspend", "resume", "retry"),
)


class Record(Item):
    """Field values as a document gives them."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise wrong_type(_("应为一组字段值，实为%(found)s", found=shown(value)))
        return dict(value)


class Given(Item):
    """Rows by table."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        return Table(_Rows(), key=Ref()).deserialize(value)


class _Rows(Item):
    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> list[Any]:
        return list(Listed(Record()).deserialize(value) or ())


class StepSchema(Document):
    """One step; kept as data, its keys are known."""

    builds = dict
    who = Text(data_key="as", attribute="as")
    submit = Ref()
    save = Ref()
    start = Ref()
    do = Choice(*ACTIONS)
    at = Code(kept=())
    to = Text()
    create = Ref()
    edit = Ref()
    delete = Ref()
    open = Ref()
    list_ = Ref(data_key="list", attribute="list")
    match = Record()
    data = Record()
    files = Record()
    opinion = Text()
    case = Text(longest=40)
    times = Data()
    refused = Text()
    message = Text()
    clock = Text(longest=40)
    expect = Record()
    note = Text()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole: a step does one thing at most."""
        found = super().faults(original)
        deeds = [deed for deed in DEEDS if deed in original]
        if len(deeds) > 1:
            message = _("一步只做一件事，实有 %(deeds)s", deeds=listed(deeds))
            found[SCHEMA] = [Wrong("step", message)]
        elif deeds and "as" not in original:
            found["as"] = [Wrong("missing", "")]
        return found

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Any:
        """Return the step as it stands."""
        del data
        return dict(original)


class StepItem(Item):
    """A step."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise no_mapping(value)
        return shared(StepSchema).load(value)


class WalkthroughSchema(Document):
    """The document form of a `Walkthrough`."""

    builds = Walkthrough
    name = Text(required=True, least=1, longest=200)
    note = Text()
    clock = Text(longest=40)
    given = Given()
    steps = Listed(StepItem(), required=True, least=1)
    expect = Record()


class QuerySchema(Document):
    """A query; kept as data, its keys are known."""

    builds = dict
    code = Code(required=True)
    name = Text(required=True, longest=200)
    source = Ref(required=True)
    where = Formula()
    filters = Listed(Text())
    group = Listed(Text())
    measures = Listed(Text())
    columns = Listed(Text())
    sort = Listed(Text())
    chart = Text(longest=40)
    note = Text()

    def made(self, data: dict[str, Any], original: Mapping[str, Any]) -> Any:
        """Return the query as it stands; its condition is text."""
        return {**original, **{key: data[key] for key in ("where",) if key in data}}

    def written(self, data: dict[str, Any], original: Any) -> dict[str, Any]:
        """Return the query as it stands."""
        del data
        return dict(original)
