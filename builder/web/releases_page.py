"""From the releases of an app to their pages."""

from urllib.parse import urlencode

from flask import url_for

from builder.usecases.list_releases import DRAFT, Comparison, ReleaseLine, Releases
from builder.web.change_words import change_groups
from builder.web.views.releases import ComparisonPage, ReleaseRow, ReleasesPage
from runtime.language.speech import _
from runtime.web.sheet import moment
from runtime.web.views.common import Choice, Tag


def releases_page(found: Releases, *, refusal: str = "") -> ReleasesPage:
    """Return the list; `refusal` is what was said against dropping the draft."""
    draft = found.opened.draft
    return ReleasesPage(
        rows=tuple(_row(one, found) for one in found.lines),
        export_draft_url=url_for("releases.export", app=draft.app),
        compare_url=url_for("releases.compare", app=draft.app),
        changed=draft.waiting,
        drop_url=url_for("design.drop", app=draft.app) if draft.begun else "",
        stamp=found.opened.stamp,
        refusal=refusal,
    )


def comparison_page(found: Comparison) -> ComparisonPage:
    """Return two states side by side."""
    return ComparisonPage(
        url=url_for("releases.compare", app=found.opened.draft.app),
        before=_choices(found, found.before),
        after=_choices(found, found.after),
        groups=change_groups(found.changes),
        files=found.files,
        added=sum(one.added for one in found.files),
        removed=sum(one.removed for one in found.files),
    )


def _row(one: ReleaseLine, found: Releases) -> ReleaseRow:
    app, release = found.opened.draft.app, one.release
    numbers = [other.release.number for other in found.lines]
    earlier = max((other for other in numbers if other < release.number), default=0)
    ends = {"from": str(earlier), "to": str(release.number)}
    if not earlier:
        ends = {"from": str(release.number), "to": DRAFT}
    against = f"{url_for('releases.compare', app=app)}?{urlencode(ends)}"
    same = one.current and not found.opened.draft.waiting
    return ReleaseRow(
        number=release.number,
        version=release.version,
        note=release.note,
        at=moment(release.created_at),
        by=one.by,
        running=one.running,
        tag=Tag(_("当前"), "ok") if one.current else None,
        compare_url=against,
        export_url=url_for("releases.export", app=app, number=release.number),
        back_url="" if same else url_for("releases.back", app=app, number=release.number),
    )


def _choices(found: Comparison, chosen: str) -> tuple[Choice, ...]:
    draft = Choice(DRAFT, _("草稿"), chosen=chosen == DRAFT)
    numbered = (Choice(str(one), _("第 %(n)s 版", n=one), chosen=chosen == str(one)) for one in found.numbers)
    return (draft, *numbered)
