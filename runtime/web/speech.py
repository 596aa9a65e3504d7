"""Words of the pages in the language of the request, with types."""

from flask_babel import gettext


def _(text: str, **values: object) -> str:
    """Return `text` translated, with `%(name)s` filled in; an empty text stays one."""
    return str(gettext(text, **values)) if text else ""
