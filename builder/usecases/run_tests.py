"""Run the walk-throughs of a draft, as publishing it would find them."""

from collections.abc import Iterable, Mapping
from typing import Any

from builder.edits.documents import Documents
from builder.packs.trial import Files, Played, play_trial
from builder.store import draft_files, drafts
from builder.usecases.designing import designer
from runtime.language.dump import dump_app
from runtime.language.lint import lint
from runtime.language.load import load_documents
from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import InvalidAnswers, NotFound, Refused
from runtime.language.speech import _
from runtime.packs.vocabulary import VOCABULARY
from runtime.packs.world import world
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.session import Session


def run_tests(*, session: Session, actor: int, app: str, file: str = "", at: int = 0) -> tuple[Played, ...]:
    """Return all walk-throughs of a draft as they were played, or only number `at` of a file.

    The draft is installed with what it requires in an installation of its own that is thrown away; this one's
    data is neither read nor written.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app, or no such walk-through.
    :raises InvalidAnswers: if the draft has problems that keep it from being installed.
    :raises Refused: if another run is going on, or this one takes too long.
    """
    with reading(session) as tx:
        designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        if draft is None:
            raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
        documents = _chosen(draft.documents, file, at) if file else draft.documents
        _check(documents, world(tx).apps, app)
        data = draft_files.read(tx, draft)
        packs = {app: _with_data(documents, data)}
        for code in _required(draft.documents, world(tx).apps):
            current = releases.current(tx, code)
            if current is not None:
                texts = releases.content(tx, current.id)
                own = {name: text.encode() for name, text in texts.items() if not name.startswith("tests/")}
                packs[code] = {**own, **releases.data_of(tx, current.id)}
    # Outside of the transaction: it takes seconds.
    return play_trial(packs, app)


def _chosen(documents: Documents, file: str, at: int) -> Documents:
    """Return the documents with one walk-through only."""
    found = documents.get(file)
    stories = found if isinstance(found, list) else [found] if isinstance(found, Mapping) else []
    if not file.startswith("tests/") or not 0 <= at < len(stories):
        raise NotFound("no_such_test", _("没有这个测试。"))
    kept = {name: one for name, one in documents.items() if not name.startswith("tests/")}
    return {**kept, file: [stories[at]]}


def _check(documents: Documents, installed: Mapping[str, Any], app: str) -> None:
    try:
        read = load_documents(documents, VOCABULARY)
    except Problems as found:
        raise InvalidAnswers(found.problems) from None
    if not read.walkthroughs:
        raise Refused("no_tests", _("还没有测试可以运行。"))
    others = {code: one for code, one in installed.items() if code != app}
    problems: Iterable[Problem] = lint(read, others, VOCABULARY)
    if problems:
        raise InvalidAnswers(list(problems))


def _with_data(documents: Documents, data: Files) -> Files:
    texts = dump_app(load_documents(documents, VOCABULARY))
    return {**{name: text.encode() for name, text in texts.items()}, **data}


def _required(documents: Documents, installed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the apps that a draft requires, directly or through others."""
    manifest = documents.get(MANIFEST)
    asked = manifest.get("requires") if isinstance(manifest, Mapping) else None
    found = [one for one in asked or () if isinstance(one, str)]
    for code in found:
        if code in installed:
            found += [one for one in installed[code].manifest.requires if one not in found]
    return tuple(dict.fromkeys(one for one in found if one in installed))
