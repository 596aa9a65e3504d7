"""Whether a draft could be published: everything that is wrong with it, each with file and place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.edits.documents import Documents
from builder.edits.problems import problems_of
from builder.packs.fitting_rows import fitting
from builder.store import draft_files
from builder.store.drafts import Draft
from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_documents
from runtime.language.parts import MANIFEST
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _
from runtime.packs.check import broken_dependents
from runtime.packs.rows import check_rows
from runtime.packs.vocabulary import VOCABULARY
from runtime.packs.world import world
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked."""

    draft: Draft
    problems: tuple[Problem, ...]
    #: None if it cannot even be read as an app.
    app: App | None
    #: The rows and fixtures that come with it, and what of them has no place any more.
    data: Mapping[str, bytes]
    left_out: tuple[str, ...]


def checked(tx: Session, draft: Draft) -> Checked:
    """Return the draft with every problem that keeps it from being published."""
    data = draft_files.read(tx, draft)
    try:
        app = load_documents(draft.documents, VOCABULARY)
    except Problems:
        others = {code: one for code, one in world(tx).apps.items() if code != draft.app}
        return Checked(draft, problems_of(draft.documents, others), None, data, ())
    data, left_out = fitting(app, data)
    problems = (*_of_itself(draft, app), *_of_app(app, world(tx).apps), *check_rows(app, data))
    return Checked(draft, tuple(_at_home(draft.documents, problems)), app, data, left_out)


def _of_itself(draft: Draft, app: App) -> Iterator[Problem]:
    # Published, it would be the next release of the other app.
    if app.code != draft.app:
        message = _(
            "应用编码须为 %(wanted)s，现在是 %(code)s；发布会替换另一个应用", wanted=draft.app, code=app.code
        )
        yield Problem("other_app", f"{MANIFEST} $.code", message)


def _of_app(app: App, installed: Mapping[str, App]) -> Iterator[Problem]:
    others = {code: one for code, one in installed.items() if code != app.code}
    yield from lint(app, others, VOCABULARY)
    yield from broken_dependents({app.code: app}, installed)


def _at_home(documents: Documents, problems: tuple[Problem, ...]) -> list[Problem]:
    """Return the problems, each once, those of the app's own files before those of other apps."""
    return sorted(dict.fromkeys(problems), key=lambda one: split_path(one.path)[0] not in documents)
