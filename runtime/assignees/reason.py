"""Why somebody was chosen: kept as it is written, said in the reader's language where it is shown at once.

Explanations are kept with the history of a case, for readers of any language, so they are texts as they are
written. Until then they remember what they were made of.
"""

from collections.abc import Iterable

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
