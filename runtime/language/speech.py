"""Sentences for people, written in Chinese and said in the language of who reads them.

The core knows no request: what says which language is asked for is set once, by the pages (`speak_with`).
Without them – on a terminal, in a worker – sentences are said as they are written.
"""

from collections.abc import Callable, Iterable


def _as_written(text: str) -> str:
    return text


_translated: Callable[[str], str] = _as_written


def _(text: str, /, **values: object) -> str:
    """Return `text` in the reader's language, with `%(name)s` filled in; an empty text stays one."""
    if not text:
        return ""
    said = _translated(text)
    return said % values if values else said


def listed(parts: Iterable[object]) -> str:
    """Return things side by side: 甲、乙、丙."""
    return _("、").join(one if isinstance(one, str) else str(one) for one in parts)


def speak_with(translated: Callable[[str], str]) -> Callable[[str], str]:
    """Let `translated` say texts in the language that is asked for at that moment; return what did before."""
    global _translated
    before, _translated = _translated, translated
    return before
