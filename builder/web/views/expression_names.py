"""Names and functions that the expression editor offers, in the language of the request.

Labels of fields stay as the app calls them; what the product itself names is translated.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from builder.words.name_words import PERSON_WORDS
from runtime.web.speech import _

#: Titles of groups; others hold a name of the app.
OWN_GROUPS = (
    *("当前行", "重复表", "本单（正在填写）", "目标记录", "发起人", "当前人", "系统", "流程"),
    *("本表字段", "本单字段", "来源", "行号", "同参数"),
)
#: Groups whose names are the product's own, and those of a person.
_OWN = ("system", "flow")
_PEOPLE = ("initiator", "current_user")


def groups(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the groups of names as they are said."""
    return [
        {
            **one,
            "label": _title(one["label"]),
            "fields": [_entry(each, one["code"]) for each in one["fields"]],
        }
        for one in found
    ]


def functions(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the functions as they are said."""
    return [_function(one) for one in found]


def type_label(label: str) -> str:
    """Return the label of a type as it is said."""
    item = label.removesuffix("的列表")
    return _(label) if item == label else _("%(what)s的列表", what=_(item))


def _title(label: str) -> str:
    """Return the title of a group; one may end with the name of a table."""
    what, _bracket, name = label.partition("（")
    if label in OWN_GROUPS or not name:
        return _(label)
    return _("%(what)s（%(name)s）", what=_(what), name=name.removesuffix("）"))


def _said(one: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: _(one[key]) for key in keys}


def _entry(one: Mapping[str, Any], group: str) -> dict[str, Any]:
    said = {**one, "type": type_label(one["type"])}
    if group in _PEOPLE:
        said["label"] = _person(one, group)
    elif group in _OWN or one["path"] == "row.index":
        said |= _said(one, "label")
    if "fields" in one:
        owner = group if group in _PEOPLE else ""
        said["fields"] = [_entry(each, owner) for each in one["fields"]]
        if one["kind"] == "user":
            said["fields"] = [{**each, "label": _of(said["label"], each)} for each in said["fields"]]
    return said


def _person(one: Mapping[str, Any], group: str) -> str:
    known = PERSON_WORDS.get(str(one["path"]).removeprefix(f"{group}."))
    label = str(one["label"])
    owner = label.partition("的")[0]
    return _("%(whose)s的%(what)s", whose=_(owner), what=_(known)) if known else _(label)


def _of(whose: str, one: Mapping[str, Any]) -> str:
    known = PERSON_WORDS.get(str(one["path"]).rpartition(".")[2])
    return _("%(whose)s的%(what)s", whose=whose, what=_(known)) if known else str(one["label"])


def _function(one: Mapping[str, Any]) -> dict[str, Any]:
    params = [{**param, **_said(param, "label")} for param in one["params"]]
    return {
        **one,
        **_said(one, "family", "help"),
        "result": type_label(one["result"]),
        "signature": f"{one['name']}({', '.join(map(_shown, params))})",
        "params": params,
    }


def _shown(param: Mapping[str, Any]) -> str:
    label = f"{param['label']}…" if param["many"] else param["label"]
    return f"[{label}]" if param["optional"] else str(label)
