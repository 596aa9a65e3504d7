"""Templates hold no script and no style: the pages' policy forbids both, and htmx fails open on some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import TEMPLATES, name_of

#: What is wrong → how it looks once Jinja's own tags are taken out.
FORBIDDEN = {
    "a handler in the page": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on does nothing without eval": re.compile(r"\bhx-on\b"),
    "js: values are sent empty without eval": re.compile(r"=\s*[\"']\s*(js|javascript):", re.IGNORECASE),
    "a trigger filter fires always without eval": re.compile(r"hx-trigger\s*=\s*(\"[^\"]*\[|'[^']*\[)"),
    "an inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*\stype\s*=\s*[\"']application/json[\"'])", re.IGNORECASE
    ),
    "a foreign host": re.compile(r"\s(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}
_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_plain_markup(path: Path) -> None:
    assert list(faults(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<button onclick="go()">',
        '<div hx-on:click="go()">',
        '<div hx-on::after-swap="go()">',
        "<div hx-vals='js:{a: b()}'>",
        '<a href="javascript:void(0)">',
        '<div hx-trigger="click[ctrlKey]">',
        '<td {% if wide %}class="w"{% endif %} style="width: {{ w }}px">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<script src="https://cdn.example/x.js"></script>',
    ],
)
def test_each_fault_is_seen(markup: str) -> None:
    assert len(list(faults(markup))) == 1


@pytest.mark.parametrize(
    "markup",
    [
        '{% set style = "wide" %}<p class="{{ style }}">on = off</p>',
        '<script type="module" src="{{ static(\'app.js\') }}"></script>',
        '<script type="application/json" id="data">{}</script>',
        '<div hx-trigger="input changed delay:300ms from:find .q" data-style="x">',
    ],
)
def test_plain_markup_is_not_blamed(markup: str) -> None:
    assert list(faults(markup)) == []


def faults(markup: str) -> Iterator[str]:
    """Yield what is wrong with a template."""
    plain = _JINJA.sub("", markup)
    yield from (fault for fault, pattern in FORBIDDEN.items() if pattern.search(plain))
