"""Whole numbers as people and addresses write them."""

#: What a double holds exactly, and with that every browser; ids stay below.
LARGEST = 2**53 - 1
_DIGITS = len(str(LARGEST))


def whole_number(text: str, *, digits: int = _DIGITS) -> int | None:
    """Return the number that `text` writes in at most so many digits of ASCII, None for anything else.

    `int()` also takes signs, blanks and the digits of every script, and `"²".isdigit()` holds.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= digits):
        return None
    number = int(text)
    return number if number <= LARGEST else None
