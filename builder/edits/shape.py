"""What an edit may not do to a document: make it something that no page could show any more.

A draft may lack things (a look-up without its table, a node without people); the check before publishing says
so. It never holds a number where a text belongs, a word that the language does not know, a code twice.
"""

from collections.abc import Iterable, Iterator

from builder.edits.documents import Documents
from runtime.language.load import document_problems
from runtime.language.parts import MANIFEST, part_of
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.packs.vocabulary import VOCABULARY

#: Codes of what may be open in a draft.
OPEN = frozenset({"missing", "empty", "too_few", "no_choices"})


def check_shape(documents: Documents, files: Iterable[str], *, app: str | None = None) -> None:
    """Refuse what an edit made of these files, if it is wrong in shape.

    `app` is the code of the app that they are of; under another one they would be published in its place.

    :raises InvalidAnswers: with every problem, each at its place.
    :raises Refused: if the app would be without its manifest, or get another code.
    """
    if MANIFEST not in documents:
        raise Refused("no_manifest", _("应用的基本信息不能删除。"))
    changed = tuple(files)
    problems = [problem for file in changed for problem in wrong_in(documents, file)]
    if problems:
        raise InvalidAnswers(problems)
    if app is not None and MANIFEST in changed and documents[MANIFEST].get("code") != app:
        raise Refused("app_code", _("应用的编码 %(code)s 不能修改；可以复制为新的应用。", code=app))


def wrong_in(documents: Documents, file: str) -> Iterator[Problem]:
    """Yield what is wrong in the shape of a file's document; what is only missing is not."""
    if file not in documents:
        return
    if part_of(file) is None:
        yield Problem("unknown_file", f"{file} $", _("应用中没有这样的文件。"))
        return
    yield from (one for one in document_problems(file, documents[file], VOCABULARY) if one.code not in OPEN)
