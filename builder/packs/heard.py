"""What another process says, in a form that can be said in any language; nobody vouches for what it sends."""

import re
from typing import Any

from runtime.language.kept_speech import again

#: What may stand in a template: holes for texts, and a percent sign.
_HOLE = re.compile(r"%(?:%|\((\w+)\)s)")
#: Sentences inside of each other.
_DEEPEST = 20


class _Unsound(Exception):
    """It is not what `kept` gives."""


def plain(found: str) -> str:
    """Return a text without what no page could send: halves of characters."""
    return found.encode("utf-8", "replace").decode()


def heard(found: object, written: str) -> str:
    """Return the sentence that was kept as `found` if it is the one that was `written`, else that text."""
    written = plain(written)
    try:
        # Measured before anything is put together: few characters can ask for very many.
        if _length(found, _DEEPEST) != len(written):
            return written
    except _Unsound:
        return written
    made = again(found)
    return made if made == written else written


def _length(found: object, deep: int) -> int:
    """Return the length of the text that `again` would write.

    :raises _Unsound: if it could not.
    """
    if isinstance(found, str):
        return len(found)
    if not deep or not isinstance(found, dict) or not isinstance(found.get("why"), str):
        raise _Unsound
    template, of = found["why"], found.get("of", {})
    if isinstance(of, list):
        return _row(of, template, deep)
    if not isinstance(of, dict):
        raise _Unsound
    return _filled(template, of, deep) if of else len(template)


def _row(parts: list[Any], between: str, deep: int) -> int:
    return sum(_length(one, deep - 1) for one in parts) + len(between) * max(0, len(parts) - 1)


def _filled(template: str, of: dict[str, Any], deep: int) -> int:
    holes = [one[1] for one in _HOLE.finditer(template)]
    bare = _HOLE.sub("", template)
    if "%" in bare or {one for one in holes if one} != of.keys():
        raise _Unsound
    lengths = {
        name: _row(one, "；", deep) if isinstance(one, list) else _length(one, deep - 1)
        for name, one in of.items()
    }
    return len(bare) + sum(lengths[one] if one else 1 for one in holes)
