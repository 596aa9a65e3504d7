"""Stories told: for people, and for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from runtime.language.kept_speech import kept
from runtime.language.speech import _
from runtime.walkthroughs.story import Story


def lines(story: Story) -> Iterator[tuple[str, bool]]:
    """Yield the lines of a story, each with whether it is about something wrong; one if all went well."""
    if story.skipped is not None:
        yield _("– %(name)s（跳过：%(why)s）", name=story.name, why=story.skipped), False
        return
    yield f"{'✗' if story.failed else '✓'} {story.name}", story.failed
    if not story.failed:
        return
    for told in story.told:
        yield f"    {'✗' if told.wrong else '✓'} {told.line}", bool(told.wrong)
        for sentence in told.wrong:
            yield f"        {sentence}", True


def as_json(story: Story) -> Mapping[str, Any]:
    """Return the story as plain values; beside texts that can be said again stands how, under `kept`."""
    result = "skipped" if story.skipped else "failed" if story.failed else "passed"
    return {
        "pack": story.app,
        "name": story.name,
        "result": result,
        **_beside({"skipped": story.skipped}, {"skipped": story.skipped and kept(story.skipped)}),
        "told": [
            _beside(
                {"line": told.line, "wrong": list(told.wrong)},
                {"line": kept(told.line), "wrong": [kept(one) for one in told.wrong]},
            )
            for told in story.told
        ],
    }


def _beside(texts: Mapping[str, Any], as_kept: Mapping[str, Any]) -> Mapping[str, Any]:
    return texts if as_kept == texts else {**texts, "kept": as_kept}
