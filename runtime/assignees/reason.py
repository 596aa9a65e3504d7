"""Why somebody was chosen: a sentence that is kept, and said in the language of whoever reads it later.

Explanations stand in the history of a case, for readers of any language. They are texts as they are written
that remember what they were made of; the history keeps that (`kept`) and gives it back (`again`).
"""

from collections.abc import Iterable
from typing import Any

from runtime.language.speech import _


class Reason(str):
    """An explanation as it is written, which `said` can still say in another language."""

    __slots__ = ("template", "values")

    template: str
    #: Texts; reasons among them, and lists of those, are said in their turn.
    values: dict[str, str | tuple[str, ...]]


def reason(template: str, **values: str | Iterable[str]) -> Reason:
    """Return an explanation; a hole may take several others. Imported as `_l`, which marks the words."""
    kept = {name: one if isinstance(one, str) else tuple(one) for name, one in values.items()}
    written = {name: one if isinstance(one, str) else "；".join(one) for name, one in kept.items()}
    made = Reason(template % written if written else template)
    made.template, made.values = template, kept
    return made


def said(why: str) -> str:
    """Return an explanation in the reader's language; one that was read from the history stays as it is."""
    if not isinstance(why, Reason):
        return why
    holes = {name: said(one) if isinstance(one, str) else said_all(one) for name, one in why.values.items()}
    return _(why.template, **holes)


def said_all(reasons: Iterable[str]) -> str:
    """Return explanations one after the other."""
    return _("；").join(map(said, reasons))


def kept(why: str) -> str | dict[str, Any]:
    """Return an explanation as the history keeps it, as JSON `{why, of}`; a mere text stays one."""
    if not isinstance(why, Reason):
        return why
    if not why.values:
        return {"why": why.template}
    holes = {
        name: kept(one) if isinstance(one, str) else [kept(each) for each in one]
        for name, one in why.values.items()
    }
    return {"why": why.template, "of": holes}


def again(found: Any) -> Any:
    """Return the explanation that `kept` made `found` of; texts, and what is none of it, stay as they are."""
    if isinstance(found, list):
        return tuple(again(one) for one in found)
    if not isinstance(found, dict):
        return found
    return reason(found["why"], **{name: again(one) for name, one in found.get("of", {}).items()})
