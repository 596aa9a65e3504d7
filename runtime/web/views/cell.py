"""One field with its value, as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from runtime.web.views.common import Choice, Tag

#: `edit`: an input; `read`: the text. What a viewer may not see has no cell at all.
CellMode = Literal["edit", "read"]

#: Types whose values are figures: they stand to the right.
FIGURES = frozenset({"integer", "decimal", "money", "percent"})


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that stands in a field."""

    id: str
    name: str
    #: "1.8 MB"
    size: str
    url: str
    #: Small picture of an image; empty for anything else.
    thumbnail: str = ""


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What somebody said at the node of an opinion field."""

    text: str
    who: str
    at: str
    verdict: Tag | None = None
    #: "代 李四" where one acted for another.
    on_behalf: str = ""


@dataclass(frozen=True, slots=True)
class PickerView:
    """Where a lookup is chosen from; what `url` answers stands in `js/lookup.js`."""

    url: str
    title: str
    #: In a sub-table: several may be chosen, a row each.
    many: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field with its value."""

    code: str
    type: str
    label: str
    #: `$.amount`, `$.items[0].qty`; rows count from 0.
    path: str
    mode: CellMode = "read"
    #: What an input holds and a script posts back: JSON-able, as `FieldType.dump` gives it.
    value: Any = None
    #: What people read.
    text: str = ""
    #: Columns of 24.
    width: int = 12
    required: bool = False
    #: The server computes it; it is never posted.
    computed: bool = False
    #: False: `visible_if` does not hold now; it stays on the page, since it may hold after the next change.
    visible: bool = True
    #: `readonly_if` holds now: it stays an input, since it may be opened by the next change.
    locked: bool = False
    help: str = ""
    placeholder: str = ""
    problems: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    multiple: bool = False
    files: tuple[FileView, ...] = ()
    opinions: tuple[OpinionView, ...] = ()
    #: An opinion field of the node that is being acted on now.
    active: bool = False
    #: Where a lookup's record is shown.
    link: str = ""
    #: Id of a lookup's record; posted beside the key as `<code>_ref`.
    ref: int | None = None
    picker: PickerView | None = None
    #: Where people, departments and so on are searched: `GET ?q=` → `{items: [{value, label, note}]}`.
    search_url: str = ""
    #: Attributes of the input: `max_length`, `scale`, `min`, `max`, `accept`, `rows`, `prefix`, `suffix` …
    hints: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The `id` of the input: `f-items-0-qty`."""
        return "f-" + self.path.removeprefix("$.").replace("[", "-").replace("].", "-")

    @property
    def figure(self) -> bool:
        """Whether it is a number and stands to the right."""
        return self.type in FIGURES

    @property
    def editable(self) -> bool:
        """Whether it is an input."""
        return self.mode == "edit"
