from typing import Any

from runtime.language.upgrades import SCHEMA, STEPS, upgrade


def test_there_is_a_step_from_every_older_schema() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA))


def test_steps_run_in_order_from_the_schema_of_the_pack() -> None:
    def rename(documents: Any) -> Any:
        return {file: {"label": one["title"]} for file, one in documents.items()}

    def shout(documents: Any) -> Any:
        return {file: {"label": one["label"].upper()} for file, one in documents.items()}

    steps = {1: rename, 2: shout}
    assert upgrade({"a": {"title": "x"}}, schema=1, target=3, steps=steps) == {"a": {"label": "X"}}
    assert upgrade({"a": {"label": "x"}}, schema=2, target=3, steps=steps) == {"a": {"label": "X"}}
    assert upgrade({"a": {"label": "x"}}, schema=3, target=3, steps=steps) == {"a": {"label": "x"}}
