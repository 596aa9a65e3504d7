"""From what publishing would bring to its page."""

from collections.abc import Iterable, Iterator, Mapping

from flask import url_for

from builder.compare.three import Meeting
from builder.edits.objects import OBJECTS
from builder.usecases.open_publication import Publication
from builder.web.change_words import change_groups
from builder.web.places import place_url, place_words
from builder.web.views.publication import (
    Contested,
    MeetingView,
    ProblemLine,
    PublicationPage,
    PublishedPage,
)
from runtime.language.kept_speech import said
from runtime.language.parts import part_of
from runtime.language.problem import Problem
from runtime.language.speech import _
from runtime.running.slots import KINDS
from runtime.usecases.install_packs import Installed
from runtime.web.admin_packs import slot_field
from runtime.web.views.common import Choice, Link

#: More than anybody reads at once.
_MOST_PROBLEMS = 200
_MOST_LISTED = 200


def publication_page(
    found: Publication,
    *,
    posted: Mapping[str, str] | None = None,
    wrong: Iterable[Problem] = (),
    problems: Iterable[Problem] | None = None,
    refusal: str = "",
) -> PublicationPage:
    """Return the page; `posted` is what somebody sent, with what was `wrong` with it.

    `problems` are those that publishing itself found.
    """
    app, given = found.opened.draft.app, posted or {}
    documents = found.meeting.documents if found.meeting else found.opened.draft.documents
    told = {one.path.removeprefix("$."): one.message for one in wrong}
    listed = tuple(found.problems if problems is None else problems)
    current = found.opened.current
    return PublicationPage(
        stamp=found.stamp,
        number=current.number + 1 if current else 1,
        before=_("第 %(n)s 版", n=current.number) if current else "",
        problems=tuple(
            ProblemLine(place_words(one.path, documents), one.message, place_url(app, one.path, documents))
            for one in listed[:_MOST_PROBLEMS]
        ),
        more_problems=max(len(listed) - _MOST_PROBLEMS, 0),
        groups=change_groups(found.changes, found.counts),
        data=found.data[:_MOST_LISTED],
        left_out=tuple(map(said, found.left_out)),
        running=tuple(_running(found)),
        slots=tuple(
            slot_field(
                one,
                found.directory,
                given.get(f"slot.{one.slot.code}"),
                told.get(f"slot.{one.slot.code}", ""),
            )
            for one in found.slots
            if one.slot.kind in KINDS
        ),
        version=given.get("version", found.version),
        note=given.get("note", ""),
        url=url_for("publish.make", app=app),
        compare_url=url_for("releases.compare", app=app),
        wrong={**told, **_of_version(listed)},
        refusal=refusal,
        hollow=not any(map(_holds, documents)),
        meeting=_meeting(found, found.meeting, given, told) if found.meeting else None,
    )


def _holds(file: str) -> bool:
    """Say whether a document is something that people or other apps can use."""
    part = part_of(file)
    return part is not None and part.kind in OBJECTS


def published_page(done: Installed, app: str) -> PublishedPage:
    """Return what publishing did."""
    title = _("已发布为第 %(n)s 版", n=done.release)
    if not done.changed:
        title = _("与第 %(n)s 版内容相同，没有产生新版本", n=done.release)
    return PublishedPage(
        title=title,
        version=done.version,
        changed=done.changed,
        rows=done.rows,
        made=done.made[:_MOST_LISTED],
        not_converted=done.not_converted[:_MOST_LISTED],
        links=(
            Link(_("版本记录"), url_for("releases.show", app=app), "history"),
            Link(_("继续设计"), url_for("design.app", app=app), "layout-dashboard"),
            Link(_("工作台"), url_for("work.home"), "inbox"),
        ),
    )


def _running(found: Publication) -> Iterator[str]:
    for number, count in sorted(found.running.items(), reverse=True):
        yield _("第 %(n)s 版：%(count)s 件", n=number, count=count)


def _of_version(problems: Iterable[Problem]) -> Mapping[str, str]:
    found = [one.message for one in problems if one.path == "pack.yaml $.version"]
    return {"version": found[0]} if found else {}


def _meeting(
    found: Publication, meeting: Meeting, given: Mapping[str, str], told: Mapping[str, str]
) -> MeetingView:
    current = found.opened.current
    return MeetingView(
        release=_("%(version)s（第 %(n)s 版）", version=current.version, n=current.number) if current else "",
        carried=meeting.carried,
        taken=meeting.taken,
        contested=tuple(_contested(file, found, given, told) for file in meeting.conflicts),
        url=url_for("publish.rebase", app=found.opened.draft.app),
    )


def _contested(file: str, found: Publication, given: Mapping[str, str], told: Mapping[str, str]) -> Contested:
    chosen = given.get(f"side.{file}", "")
    sides = (
        Choice("mine", _("保留我的修改"), chosen=chosen == "mine"),
        Choice("theirs", _("采用新版本的内容"), chosen=chosen == "theirs"),
    )
    return Contested(file, place_words(f"{file} $", found.opened.draft.documents), sides, told.get(file, ""))
