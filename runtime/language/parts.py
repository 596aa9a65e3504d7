"""Where the parts of an app stand in a pack: folders, file names, one or several to a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from runtime.language.app import App
from runtime.language.schemas.access import MenuEntrySchema, PermissionSchema
from runtime.language.schemas.dictionary import DictionarySchema
from runtime.language.schemas.document import Document
from runtime.language.schemas.entity import FormSchema, TableSchema
from runtime.language.schemas.flow import FlowSchema
from runtime.language.schemas.manifest import ManifestSchema
from runtime.language.schemas.rule import RuleSchema
from runtime.language.schemas.story import QuerySchema, WalkthroughSchema

MANIFEST = "pack.yaml"
#: Bytes of the longest name of a file in its folder.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of object of an app."""

    #: First half of a key of `App.files`.
    kind: str
    schema: type[Document]
    #: Attribute of `App`.
    attribute: str
    #: A folder with "/" at its end, else the one file.
    place: str
    label: str
    #: What names an object inside its kind; empty where none does.
    name: str = "code"
    #: `one` object to a file, a `list`, or `either` (one alone stands without a list).
    shape: str = "one"

    def file(self, app: App, value: Any) -> str:
        """Return the file that the object stands in, or the usual one for a new object."""
        if not self.place.endswith("/"):
            return self.place
        name = self.name_of(value)
        usual = f"{self.place}{self._usual_name(value, name)}.yaml"
        return app.files.get(f"{self.kind}/{name}", usual)

    def name_of(self, value: Any) -> str:
        """Return the name of an object of this kind."""
        if not self.name:
            return ""
        return str(value[self.name] if isinstance(value, Mapping) else getattr(value, self.name))

    def of(self, app: App) -> tuple[Any, ...]:
        """Return the app's objects of this kind."""
        found = getattr(app, self.attribute)
        if self.attribute == "entities":
            return tuple(one for one in found if one.kind == self.kind)
        return tuple(found) if isinstance(found, tuple) else (found,)

    def _usual_name(self, value: Any, name: str) -> str:
        if self.kind == "rule":
            return str(value.flow or value.source or "rules").replace("/", "_")
        return name if self.shape != "list" else self.place.rstrip("/")


PARTS: tuple[Part, ...] = (
    Part("manifest", ManifestSchema, "manifest", MANIFEST, "包"),
    Part("dictionary", DictionarySchema, "dictionaries", "dictionaries/", "字典", shape="either"),
    Part("table", TableSchema, "entities", "tables/", "底表"),
    Part("form", FormSchema, "entities", "forms/", "表单"),
    Part("flow", FlowSchema, "flows", "flows/", "流程"),
    Part("rule", RuleSchema, "rules", "rules/", "规则", shape="list"),
    Part("query", QuerySchema, "queries", "queries/", "查询", shape="either"),
    Part("permission", PermissionSchema, "permissions", "permissions.yaml", "权限", name="", shape="list"),
    Part("menu", MenuEntrySchema, "menu", "menu.yaml", "菜单", name="", shape="list"),
    Part("walkthrough", WalkthroughSchema, "walkthroughs", "tests/", "走查", name="name", shape="list"),
)


def part_of(file: str) -> Part | None:
    """Return what kind of object a file of a pack holds, or None if it is no definition."""
    for part in PARTS:
        if file == part.place or (part.place.endswith("/") and _directly_in(part.place, file)):
            return part
    return None


def _directly_in(folder: str, file: str) -> bool:
    rest = file.removeprefix(folder)
    named = rest != file and "/" not in rest and rest.endswith(".yaml") and rest != ".yaml"
    # Longer ones no file system takes, and other characters no database.
    fits = len(rest) <= _LONGEST_NAME and len(rest.encode("utf-8", "replace")) <= _LONGEST_NAME
    return named and fits and not any(category(one) in ("Cc", "Cs") for one in rest)


def places(app: App) -> dict[tuple[str, str | int], str]:
    """Return the path of every object: by kind and name, or number where there is no name.

    `("flow", "change")` → `flows/change.yaml $`; an object of a list → `rules/change.yaml $[2]`.
    """
    found: dict[tuple[str, str | int], str] = {}
    for part in PARTS:
        by_file: dict[str, list[tuple[str | int, Any]]] = {}
        for index, value in enumerate(part.of(app)):
            by_file.setdefault(part.file(app, value), []).append((part.name_of(value) or index, value))
        for file, members in by_file.items():
            alone = part.shape == "one" or (part.shape == "either" and len(members) == 1)
            for number, (name, _) in enumerate(members):
                found[part.kind, name] = f"{file} $" if alone else f"{file} $[{number}]"
    return found
