"""In English all that the designer says is English; Chinese is only what apps and people are called."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from builder.edits.documents import standing
from runtime.demo.people import organisation
from tests.builder.designing import change, insert, remove, revised
from tests.builder.pack_expressions import documents
from tests.web.site import Browser, Site

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
CONTRACT, CHANGE, PLAN, BASE = "sales_contract", "sales_contract_change", "receipt_plan", "common_base"
FORM = "sales_contract_change_form"
PAGES = (
    "",
    "import",
    *(f"{CHANGE}/{one}" for one in ("publish", "releases/", "releases/compare")),
    *(f"{CHANGE}/{module}/" for module in ("forms", "tables", "flows", "dictionaries", "rules", "tests")),
    *(f"{CHANGE}/{module}/" for module in ("permissions", "menu", "settings")),
    *(f"{CHANGE}/permissions/{one}" for one in ("slots", "?tab=summary", "?selected=0")),
    f"{CONTRACT}/menu/?selected=0",
    *(f"{CHANGE}/forms/{FORM}{one}" for one in ("", "/yaml", "/preview")),
    f"{CHANGE}/flows/sales_contract_change_flow",
    f"{BASE}/dictionaries/",
    *(f"{PLAN}/rules/{one}" for one in ("book_plan", "al_overdue", "al_due7")),
)
#: Elements that hold names of people.
_TOLD = re.compile(r"#me |top__me|table--by ")
#: Attributes that people read or hear.
_HEARD = ("aria-label", "placeholder", "title", "alt", "data-confirm")
#: What is not read, and what never closes.
_SILENT, _VOID = {"script", "style", "textarea"}, {"br", "col", "hr", "img", "input", "link", "meta"}


class _Words(HTMLParser):
    """The words of a page, each with the elements that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._around: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._around.append((tag, f"{tag}.{given.get('class') or ''}#{given.get('id') or ''}"))
        for name in _HEARD:
            self.handle_data(given.get(name) or "")
        if tag in _VOID:
            self._around.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._around and self._around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not _SILENT & {tag for tag, _mark in self._around}:
            self.found.append((" > ".join(mark for _tag, mark in self._around), data))


@cache
def app_texts() -> re.Pattern[str]:
    """Return a pattern of every text that packs and the organisation say, the longest first."""
    found = {*_texts(list(documents().values())), *_texts(organisation()), "系统管理员", "系统"}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and CHINESE.search(value):
        # A text that the page breaks into lines or shortens is still the app's.
        yield from (value, *(line.strip() for line in value.splitlines() if CHINESE.search(line)))
        # And so is what stands between the holes of a message.
        yield from (one.strip() for one in re.split(r"\{.*?\}", value) if CHINESE.search(one))
    elif hasattr(value, "items"):
        for key, one in value.items():
            yield from (*_texts(key), *_texts(one))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def chinese(page: str) -> list[str]:
    """Return what a page says in Chinese that is no text of an app and no name of a person."""
    words = _Words()
    words.feed(page)
    return [
        f"{text.strip()} in {around[-120:]}"
        for around, text in words.found
        if not _TOLD.search(around) and CHINESE.search(app_texts().sub("", text))
    ]


@pytest.fixture
def english(site: Site) -> Browser:
    """A designer's browser that reads English."""
    browser = site.browser("admin")
    browser.client.post("/language", data={"language": "en", "next": "/profile"})
    return browser


def part(browser: Browser, app: str, **view: Any) -> str:
    """Return a part of a page as it is drawn for what is selected."""
    answer = browser.post(f"/design/{app}/view", file=view.get("file", ""), view=view)
    assert answer.status_code == 200, answer.text
    drawn = str(answer.get_json()["html"])
    assert drawn
    return drawn


def test_words_that_were_left_in_chinese_are_found() -> None:
    page = '<p title="收起">Fine</p><script>"脚本"</script><b>合同变更审批</b>'
    told = '<ol class="story"><li>提交</li></ol><span class="top__me">某某</span><button>发布吧</button>'
    assert [one.split(" in ")[0] for one in chinese(page + told)] == ["收起", "提交", "发布吧"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_every_module_speak_english(english: Browser, path: str) -> None:
    assert chinese(english.read(f"/design/{path}")) == []


def test_panels_of_every_field_speak_english(english: Browser) -> None:
    fields = {
        (kind, field["type"]): (app, one, field["code"])
        for app in (BASE, CONTRACT, CHANGE)
        for kind in ("form", "table")
        for one in standing(documents()[app], kind)
        for field in one.document["fields"]
    }
    assert len(fields) > 25
    for (kind, type_), (app, one, code) in fields.items():
        view = {"name": kind, "file": one.file, "code": one.name, "selected": code}
        assert chinese(part(english, app, **view)) == [], type_
    for tab in ("key", "views", "checks"):
        assert chinese(english.read(f"/design/{BASE}/tables/product?tab={tab}")) == []


def test_panels_of_every_node_and_edge_speak_english(english: Browser) -> None:
    flow = next(standing(documents()[CHANGE], "flow"))
    codes = ["start", *(one["code"] for one in flow.document["nodes"])]
    edges = [f"{one['from']}>{one['to']}#0" for one in flow.document["edges"]]
    chosen = [(f"node:{code}", tab) for code in codes for tab in ("work", "fields", "due")]
    chosen += [(f"edge:{one}", "") for one in edges[:6]]
    for selected, tab in chosen:
        view = {"file": flow.file, "code": flow.name, "selected": selected, "tab": tab, "matrix": True}
        assert chinese(part(english, CHANGE, name="flow", **view)) == [], selected


def test_scripts_speak_english(english: Browser) -> None:
    page = english.read(f"/design/{CHANGE}/forms/{FORM}")
    words = re.search(r'id="design-texts">(.*?)</script>', page, re.DOTALL)
    assert words
    left = {key: text for key, text in json.loads(unescape(words[1])).items() if CHINESE.search(text)}
    assert left == {}


def test_what_the_expression_editor_offers_is_english(english: Browser) -> None:
    for scope in (
        f"entity:{FORM}",
        f"rule:{FORM}:sales_contract/sales_contract",
        f"lookup:{FORM}.contract_no",
    ):
        offered = english.post(f"/design/{CHANGE}/expression/names", scope=scope).get_json()
        said = [
            *(text for one in offered["groups"] for text in (one["label"], *_labels(one["fields"]))),
            *(
                one[key]
                for one in offered["functions"]
                for key in ("signature", "help", "example", "gives", "result", "family")
            ),
        ]
        assert len(said) > 100
        said.remove("壹仟零伍元叁角整")  # what `upper_money` gives is a value
        assert [one for one in said if CHINESE.search(app_texts().sub("", one))] == []


def _labels(fields: list[dict[str, Any]]) -> Iterator[str]:
    for one in fields:
        yield from (one["label"], one["type"], *_labels(one.get("fields", [])))


def test_what_was_done_is_said_in_english(english: Browser) -> None:
    edits = (
        change("fields", 0, "label", to="Sign"),
        remove("fields", 0, "label"),
        insert("fields", value={"code": "more", "type": "text", "label": "More"}),
        change("title", to="{serial_no}"),
        {"do": "move", "place": ["fields", 0], "to": 1},
    )
    file = f"forms/{FORM}.yaml"
    revised(english, CHANGE, file, *edits)
    undo: dict[str, Any] = {"file": file, "edit": {"do": "undo"}, "view": {}}
    undone = [
        english.post(f"/design/{CHANGE}/edit", **undo, rev=len(edits) + number).get_json()
        for number in range(len(edits))
    ]
    told = [one["message"] for one in undone]
    assert len(set(told)) == len(told)
    assert [one for one in told if CHINESE.search(app_texts().sub("", one))] == []


def test_what_is_wrong_is_said_in_english(english: Browser) -> None:
    form, flow = f"forms/{FORM}.yaml", f"flows/{CHANGE}_flow.yaml"
    rev = revised(english, CHANGE, form, change("fields", 3, "visible_if", to="nobody + 1 > 'a'"))
    rev = revised(english, CHANGE, form, change("title", to="{nobody}"), rev=rev)
    assert rev == 2
    rev = revised(english, CHANGE, flow, remove("edges", 0))
    revised(english, CHANGE, flow, change("nodes", 1, "assignees", to=[{"role": "nobody"}]), rev=rev)
    page = english.read(f"/design/{CHANGE}/publish")
    assert page.casefold().count("problem") > 4
    assert chinese(page) == []


@pytest.mark.parametrize(
    ("edit", "rev"),
    [
        ({"do": "rename_field", "place": ["fields", 1], "code": "Not a code"}, 0),
        ({"do": "rename_field", "place": ["name"], "code": "somebody"}, 0),
        ({"do": "set", "place": ["fields", 900, "label"], "value": "x"}, 0),
        ({"do": "set", "place": ["fields", 0, "label"], "value": "x" * 5_000_000}, 0),
        ({"do": "nothing"}, 0),
        (change("fields", 0, "label", to="Sign"), 7),
    ],
)
def test_a_refusal_is_said_in_english(english: Browser, edit: dict[str, Any], rev: int) -> None:
    answer = english.post(f"/design/{CHANGE}/edit", file=f"forms/{FORM}.yaml", rev=rev, edit=edit, view={})
    assert answer.status_code >= 400
    told = [answer.get_json()["message"], *(one["message"] for one in answer.get_json().get("problems", []))]
    assert [one for one in told if not one or CHINESE.search(app_texts().sub("", one))] == []


def test_a_node_without_a_name_is_called_by_its_kind(english: Browser) -> None:
    flow = f"flows/{CONTRACT}_flow.yaml"
    unnamed = [{"do": "set", "place": ["nodes", at, "name"], "value": None} for at in range(3)]
    revised(english, CONTRACT, flow, *unnamed)
    page = english.read(f"/design/{CONTRACT}/flows/{CONTRACT}_flow")

    graph = json.loads(page.partition('id="flow-graph">')[2].partition("</script>")[0])
    names = [one["name"] for one in graph["nodes"][1:4]]
    assert all(names)
    assert not any(CHINESE.search(one) for one in names)
