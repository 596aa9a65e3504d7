"""Install packs, or upgrade them: check, release, tables, slots, rows – all of them or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from runtime.fields.field_type import Reading
from runtime.language.app import App
from runtime.language.directory import Directory
from runtime.language.dump import content_hash, dump_app
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.packs.check import broken_dependents
from runtime.packs.order import in_order
from runtime.packs.read import PackFiles
from runtime.packs.rows import check_rows, read_rows
from runtime.packs.vocabulary import VOCABULARY
from runtime.packs.world import world
from runtime.running.context import Clock, open_context
from runtime.running.slots import KINDS, Filling, fillings
from runtime.running.system_rows import enter_missing
from runtime.store import directory as directories
from runtime.store import organisation, publishing, releases
from runtime.store.session import Session
from runtime.store.tables import role
from runtime.store.transaction import transaction
from runtime.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Options:
    """How to install."""

    #: Slot → code of the role, department, post or person it stands for; by "pack/slot" or "slot".
    bindings: Mapping[str, str] = field(default_factory=dict)
    #: Make roles that are missing, without members.
    make_roles: bool = False
    #: Enter the rows of `demo/`.
    demo: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """What installing one pack did."""

    app: str
    name: str
    release: int
    version: str
    #: False: the same content was current already.
    changed: bool
    #: Tables and columns made, by full name.
    made: tuple[str, ...]
    rows: int
    #: What the new release could not convert.
    not_converted: tuple[str, ...]


def install_packs(
    *, session: Session, clock: Clock, actor: int, packs: Sequence[PackFiles], options: Options
) -> list[Installed]:
    """Install the packs, those that others need first.

    Installing the content that is current again changes nothing; earlier releases stay for their cases.

    :raises Problems: with everything that is wrong in any of them; nothing is installed then.
    """
    with transaction(session) as tx:
        return install_within(tx, clock=clock, actor=actor, packs=packs, options=options)


def install_within(
    tx: Session, *, clock: Clock, actor: int, packs: Sequence[PackFiles], options: Options
) -> list[Installed]:
    """Install the packs inside the caller's transaction, which must end if this raises.

    Nobody else installs or publishes until it ends. A caller that locks anything before that takes
    the turn itself, first of all (`publishing.take_turn`).

    :raises Problems: with everything that is wrong in any of them.
    """
    publishing.take_turn(tx)
    read = [(one, load_app(one.texts, VOCABULARY)) for one in packs]
    installing = _Installing(tx, clock, actor, options)
    return installing.run(read, list(installing.problems(read)))


def install_checked(
    tx: Session, *, clock: Clock, actor: int, pack: PackFiles, app: App, options: Options
) -> Installed:
    """Install a pack as `install_within` does; `app` is what it says.

    The caller has taken the turn, and has checked app and rows beside the apps that are installed now.

    :raises Problems: if a slot is bound to nothing that exists.
    """
    installing = _Installing(tx, clock, actor, options)
    [done] = installing.run([(pack, app)], [])
    return done


@dataclass
class _Installing:
    """One installation."""

    tx: Session
    clock: Clock
    actor: int
    options: Options

    def problems(self, packs: Sequence[tuple[PackFiles, App]]) -> Iterator[Problem]:
        """Yield what is wrong with the packs, beside each other and what is installed."""
        current = world(self.tx).apps
        new = {app.code: app for _pack, app in packs}
        everything = {**current, **new}
        for app in in_order([app for _pack, app in packs]):
            yield from lint(app, {c: a for c, a in everything.items() if c != app.code}, VOCABULARY)
        for one, app in packs:
            yield from check_rows(app, one.data)
        yield from broken_dependents(new, current)

    def run(self, packs: Sequence[tuple[PackFiles, App]], problems: Sequence[Problem]) -> list[Installed]:
        """Install each in order, then enter rows: rows may refer to any of the tables.

        :raises Problems: if there are `problems`, or slots that are bound to nothing.
        """
        current = world(self.tx).apps
        everything = {**current, **{app.code: app for _pack, app in packs}}
        ordered = in_order([app for _pack, app in packs])
        files = {app.code: one for one, app in packs}
        problems = [*problems, *self._slots(ordered)]
        if problems:
            raise Problems(problems)
        results = {
            app.code: self._release(app, current.get(app.code), everything, files[app.code].data)
            for app in ordered
        }
        return [self._rows(app, files[app.code], results[app.code]) for app in ordered]

    def _release(
        self, app: App, before: App | None, everything: Mapping[str, App], data: Mapping[str, bytes]
    ) -> Installed:
        last = releases.current(self.tx, app.code)
        made = releases.store(
            self.tx,
            code=app.code,
            name=app.manifest.name,
            version=app.manifest.version,
            content_hash=content_hash(app),
            files=dump_app(app),
            by=self.actor,
            at=self.clock.moment,
            icon=app.manifest.icon,
            note=self.options.note,
            data=data,
        )
        directory = directories.today(self.tx)
        reading = Reading(directory, lambda path: _dictionary(everything, path), self.clock.zone)
        published = publishing.publish(self.tx, app, release=made.number, reading=reading, before=before)
        self._bind(app, directory)
        return Installed(
            app=app.code,
            name=app.manifest.name,
            release=made.number,
            version=made.version,
            changed=last is None or last.id != made.id,
            made=published.made,
            rows=0,
            not_converted=tuple(str(one) for one in published.not_converted),
        )

    def _rows(self, app: App, files: PackFiles, result: Installed) -> Installed:
        folders = ("seeds", "demo") if self.options.demo else ("seeds",)
        context = open_context(self.tx, clock=self.clock, actor=0)
        count = 0
        for folder in folders:
            for entity in app.entities:
                file = f"{folder}/{entity.code}.csv"
                if file in files.data:
                    read = read_rows(file, files.data[file])
                    rows = [dict(zip(read.columns, row, strict=True)) for row in read.rows]
                    try:
                        count += enter_missing(context, f"{app.code}/{entity.code}", rows)
                    except InvalidAnswers as error:
                        raise Problems(_in_file(file, one) for one in error.problems) from error
        return replace(result, rows=count)

    def _slots(self, apps: Sequence[App]) -> list[Problem]:
        directory = directories.today(self.tx)
        problems = []
        for app in apps:
            for number, filling in enumerate(fillings(app, directory, given=self.options.bindings)):
                slot = filling.slot
                made = slot.kind == "role" and self.options.make_roles
                if filling.missing and not made:
                    place = f"pack.yaml $.slots[{number}]"
                    problems.append(Problem("slot_unbound", place, _unbound(filling)))
        return problems

    def _bind(self, app: App, directory: Directory) -> None:
        bindings = {}
        for filling in fillings(app, directory, given=self.options.bindings):
            slot, target = filling.slot, filling.target
            if slot.kind == "role" and not filling.exists and self.options.make_roles:
                made = insert(self.tx, role).values(code=target, name=slot.name)
                self.tx.execute(made.on_conflict_do_nothing(index_elements=["code"]))
            if directory.slots.get(f"{app.code}/{slot.code}") != target:
                bindings[slot.code] = (slot.kind, target)
        if bindings:
            organisation.bind_slots(self.tx, app.code, bindings=bindings)


def _unbound(filling: Filling) -> str:
    return _(
        "岗位槽“%(name)s”（%(slot)s）没有对应的%(kind)s“%(target)s”；请用 --bind %(path)s=编码 指定",
        name=filling.slot.name,
        slot=filling.slot.code,
        kind=_(KINDS[filling.slot.kind]),
        target=filling.target,
        path=f"{filling.app}/{filling.slot.code}",
    )


def _in_file(file: str, problem: Problem) -> Problem:
    return replace(problem, path=f"{file} {problem.path}")


def _dictionary(apps: Mapping[str, App], path: str) -> Any:
    pack, _slash, code = path.partition("/")
    return apps[pack].dictionary(code) if pack in apps else None
