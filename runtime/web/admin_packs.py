"""The administrator's pages of packs, from what the use cases found."""

from collections.abc import Iterable, Iterator, Mapping

from flask import url_for

from runtime.language.directory import Directory
from runtime.language.place import split_path
from runtime.language.problem import Problem
from runtime.language.speech import _
from runtime.running.context import SYSTEM
from runtime.running.slots import KINDS, Filling, codes
from runtime.store.releases import Release
from runtime.usecases.install_packs import Installed
from runtime.usecases.list_installed import InstalledPack, InstalledPacks
from runtime.usecases.open_zip import OpenedZip
from runtime.web.sheet import moment
from runtime.web.views.admin import PackLine, PackReport, SlotField, UploadPage
from runtime.web.views.common import Choice

#: More problems than anybody reads at once.
_MOST_PROBLEMS = 200


def pack_lines(found: InstalledPacks) -> tuple[PackLine, ...]:
    """Return the installed packs as the list shows them."""
    return tuple(_pack(one, found.directory) for one in found.packs)


def refusal(problems: Iterable[Problem]) -> PackReport:
    """Return what is wrong with an upload, each problem with file and line."""
    found = tuple(problems)
    title = _("没有安装：发现 %(n)s 个问题", n=len(found))
    return PackReport(title, False, tuple(problem_text(one) for one in found[:_MOST_PROBLEMS]))


def installed_text(done: Installed) -> str:
    """Return in a sentence what an installation did."""
    if not done.changed:
        return _("“%(name)s” %(version)s 与当前版本内容相同，没有变化", name=done.name, version=done.version)
    return _(
        "“%(name)s” %(version)s 已安装为第 %(release)s 版，新建 %(made)s 个表或列，写入 %(rows)s 行",
        name=done.name,
        version=done.version,
        release=done.release,
        made=len(done.made),
        rows=done.rows,
    )


def problem_text(one: Problem) -> str:
    """Return a problem as people look for it: file, line, place, what is wrong."""
    file, _place = split_path(one.path)
    place = one.path.removeprefix(f"{file} ").removeprefix("$.").removeprefix("$")
    line = _("第 %(line)s 行", line=one.line) if one.line else ""
    where = " ".join(filter(None, (file, line, place)))
    return _("%(kind)s：%(name)s", kind=where, name=one.message) if where else one.message


def upload_page(
    found: OpenedZip, *, chosen: Mapping[str, str] | None = None, problems: Iterable[Problem] = ()
) -> UploadPage:
    """Return the page on which an upload is installed; `chosen` is what somebody chose, with `problems`."""
    manifest = found.app.manifest
    told = {one.path.removeprefix("$."): one.message for one in problems}
    return UploadPage(
        name=manifest.name,
        code=manifest.code,
        version=manifest.version,
        before=_release(found.before) if found.before else "",
        summary=manifest.summary,
        changes=tuple(_changes(found)),
        slots=tuple(
            slot_field(one, found.directory, (chosen or {}).get(one.slot.code), told.get(one.slot.code, ""))
            for one in found.slots
            if one.slot.kind in KINDS
        ),
        demo=found.demo,
        install_url=url_for("admin.install_upload", file=found.file),
    )


def _pack(one: InstalledPack, directory: Directory) -> PackLine:
    current = one.current
    return PackLine(
        code=one.code,
        name=one.name,
        version=current.version if current else "",
        release=current.number if current else 0,
        installed_at=moment(current.created_at) if current else "",
        installed_by=_name(directory, current.created_by) if current else "",
        summary=one.summary,
        unbound=one.unbound,
        history=tuple(_earlier(release, directory) for release in one.releases if release != current),
    )


def _earlier(one: Release, directory: Directory) -> str:
    parts = (_release(one), moment(one.created_at), _name(directory, one.created_by), one.note)
    return " · ".join(filter(None, parts))


def _release(one: Release) -> str:
    return _("%(version)s（第 %(release)s 版）", version=one.version, release=one.number)


def _name(directory: Directory, number: int) -> str:
    person = directory.by_id(number)
    return person.name if person else _("系统") if number == SYSTEM else ""


def _changes(found: OpenedZip) -> Iterator[str]:
    for one in found.app.manifest.changelog:
        if found.before is not None and one.version == found.before.version:
            return
        yield f"{one.version} {one.text}"


def slot_field(one: Filling, directory: Directory, chosen: str | None, problem: str) -> SlotField:
    target = one.target if chosen is None else chosen
    known = codes(directory, one.slot.kind)
    offered = [Choice(code, name, chosen=code == target, note=code) for code, name in known.items()]
    return SlotField(
        code=one.slot.code,
        name=one.slot.name,
        kind=_(KINDS[one.slot.kind]),
        choices=(*_besides(one, known, target), *offered),
        required=one.slot.required,
        note=one.slot.note,
        problem=problem,
    )


def _besides(one: Filling, known: Mapping[str, str], target: str) -> Iterator[Choice]:
    """Yield what may be chosen besides what there is: a role that is made, nothing yet."""
    slot = one.slot
    if slot.kind == "role" and slot.code not in known:
        name = _("新建角色“%(name)s”", name=slot.name)
        yield Choice(slot.code, name, chosen=target == slot.code, note=slot.code)
    elif target not in known:
        yield Choice("", _("请选择") if slot.required else _("暂不指定"), chosen=True)
