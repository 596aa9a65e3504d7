"""The inbox: notices to somebody."""

from dataclasses import dataclass

from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.running.context import Clock, open_context
from runtime.store import notices
from runtime.store.notices import Notice
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Part of an inbox; `after` is None at its end."""

    notices: tuple[Notice, ...]
    after: str | None
    #: How many are not read, at most `notices.MOST_COUNTED`.
    unread: int


def list_notices(
    *, session: Session, clock: Clock, actor: int, after: str | None = None, limit: int = 20
) -> NoticesPage:
    """Return the person's notices, newest first.

    :raises Refused: if `after` is no place of the inbox.
    """
    if after is not None and not (after.isascii() and after.isdigit() and len(after) < 19):
        raise Refused("bad_cursor", _("翻页位置无效，请回到第一页。"))
    with reading(session) as tx:
        open_context(tx, clock=clock, actor=actor)
        before = int(after) if after else None
        found = notices.inbox(tx, person=actor, before=before, limit=limit + 1)
        unread = notices.unread(tx, person=actor)
        more = str(found[limit - 1].id) if len(found) > limit else None
        return NoticesPage(tuple(found[:limit]), more, unread)
