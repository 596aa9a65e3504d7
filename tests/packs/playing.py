"""Small walk-throughs on the pack `lend`.

u052 is a seller, u018 heads the department, u025 and u061 are the lawyers, u016 has nothing to do with it.
"""

from __future__ import annotations

from typing import Any

from runtime.language.app import Walkthrough
from runtime.language.yaml_text import read_yaml
from runtime.running.context import Clock
from runtime.walkthroughs.play import play
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.story import Story
from tests.packs.packs import LEND, loaded

LADDER = "given: {item: [{item_no: A, name: 梯子, qty: 2, price: 80, keeper: u052}]}\n"
#: A step that begins a case, where a text says ASK.
ASK = "as: u052, submit: loan_flow, data: {item: A, qty: 1}"


def played(text: str, stages: Stages) -> Story:
    """Play `given`, `steps` and `expect`; by themselves, `text` is the steps after the ladder is given."""
    whole = text if text.lstrip().startswith(("given", "steps")) else f"{LADDER}steps: [{text}]"
    value: Any = read_yaml(whole.replace("ASK", ASK)).value
    told = Walkthrough(
        name="试演",
        steps=tuple(value["steps"]),
        given=value.get("given", {}),
        expect=value.get("expect", {}),
        clock=value.get("clock", "2026-11-20T09:00"),
    )
    return play(loaded(LEND)[0], told, stages, now=Clock.now())


def wrong(story: Story) -> list[str]:
    """Return every sentence about something wrong."""
    return [sentence for told in story.told for sentence in told.wrong]
