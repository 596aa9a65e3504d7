"""Sentences that remember what they were made of: kept or sent as JSON, said later in the reader's language.

Explanations in the history of a case are such sentences, for readers of any language. What a process without
readers says – a walk-through that is played for a page – becomes them too, while it is `remembering`.
They are texts as they are written; `kept` gives the JSON, and `again` the sentence that it was made of.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from runtime.language import speech
from runtime.language.speech import _


class Sentence(str):
    """A text as it is written, which `said` can still say in another language."""

    __slots__ = ("template", "values")

    template: str
    #: Texts by the holes they fill, or in a row with the template between; sentences are said in their turn.
    values: dict[str, str | tuple[str, ...]] | tuple[str, ...]


class _Remembered(Sentence):
    """What is said while all is remembered: filled in or put between others, it makes a sentence."""

    __slots__ = ()

    def __new__(cls, text: str) -> "_Remembered":
        made = super().__new__(cls, text)
        made.template, made.values = str(text), {}
        return made

    def __mod__(self, values: Any) -> Sentence:
        return sentence(
            self.template, **{name: one if isinstance(one, str) else str(one) for name, one in values.items()}
        )

    def join(self, parts: Iterable[str]) -> Sentence:
        return in_a_row(self.template, parts)


@contextmanager
def remembering() -> Iterator[None]:
    """Let all that this process says remember what it is made of: it must be one that serves no pages."""
    before = speech.speak_with(_remembered)
    try:
        yield
    finally:
        speech.speak_with(before)


def _remembered(text: str) -> str:
    return text if isinstance(text, Sentence) else _Remembered(text)


def sentence(template: str, /, **values: str | Iterable[str]) -> Sentence:
    """Return a sentence; a hole may take several others. Imported as `_l`, which marks the words."""
    kept = {name: one if isinstance(one, str) else tuple(one) for name, one in values.items()}
    written = {name: one if isinstance(one, str) else "；".join(one) for name, one in kept.items()}
    made = Sentence(template % written if written else template)
    made.template, made.values = template, kept
    return made


def in_a_row(between: str, parts: Iterable[str]) -> Sentence:
    """Return texts one after the other, with `between` said in the reader's language."""
    values = tuple(parts)
    made = Sentence(between.join(values))
    made.template, made.values = between, values
    return made


def glued(*parts: str) -> str:
    """Return texts side by side as one, which remembers those of them that do."""
    return in_a_row("", parts) if any(isinstance(one, Sentence) for one in parts) else "".join(parts)


def said(why: str) -> str:
    """Return a sentence in the reader's language; a mere text stays as it is."""
    if not isinstance(why, Sentence):
        return why
    if isinstance(why.values, tuple):
        return _(why.template).join(map(said, why.values))
    holes = {name: said(one) if isinstance(one, str) else said_all(one) for name, one in why.values.items()}
    return _(why.template, **holes)


def said_all(sentences: Iterable[str]) -> str:
    """Return sentences one after the other."""
    return _("；").join(map(said, sentences))


def kept(why: str) -> str | dict[str, Any]:
    """Return a sentence as the history keeps it, as JSON `{why, of}`; a mere text stays one."""
    if not isinstance(why, Sentence):
        return why
    if isinstance(why.values, tuple):
        return {"why": why.template, "of": [kept(one) for one in why.values]}
    if not why.values:
        return {"why": why.template}
    holes = {
        name: kept(one) if isinstance(one, str) else [kept(each) for each in one]
        for name, one in why.values.items()
    }
    return {"why": why.template, "of": holes}


def again(found: Any) -> Any:
    """Return the sentence that `kept` made `found` of; texts, and what is none of it, stay as they are."""
    if isinstance(found, list):
        return tuple(again(one) for one in found)
    if not isinstance(found, dict):
        return found
    of = found.get("of", {})
    if isinstance(of, list):
        return in_a_row(found["why"], again(of))
    return sentence(found["why"], **{name: again(one) for name, one in of.items()})
