"""What tests read off the designer's pages."""

from __future__ import annotations

import html
import re


def source(page: str) -> str:
    """Return the text of an object that a page shows."""
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])
