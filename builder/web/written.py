"""Text that somebody wrote by hand, taken in: refused line by line, or kept as a new revision."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from builder.edits.anywhere import SetValue
from builder.edits.edit import plain
from builder.usecases.edit_draft import Stale, edit_draft
from builder.usecases.open_draft import OpenedDraft
from builder.web.request import acting, text, whole
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import InvalidAnswers
from runtime.language.speech import _
from runtime.language.yaml_text import Document, read_yaml
from runtime.web.answers import body


def take_text(
    app: str, file: str, place: tuple[int, ...], shown: Callable[[OpenedDraft], str]
) -> ResponseReturnValue:
    """Set what stands at a place of a document to the `text` that was posted, if it has the posted `rev` yet.

    Answers the new revision and the text as `shown` reads it; 422 with the problems at their lines; 409 if
    somebody was faster.
    """
    given = body()
    try:
        read = _read(text(given, "text"))
    except Problems as error:
        return _told(error.problems), 422
    try:
        edit = SetValue(file, place, plain(read.value))
        edited = edit_draft(**acting(), app=app, rev=whole(given, "rev"), edit=edit)
    except Stale as error:
        message = _("%(who)s；您的文本还没有保存。", who=error.who)
        return jsonify(code=error.code, message=message, rev=error.rev), 409
    except InvalidAnswers as error:
        return _told(tuple(_with_lines(error.problems, read, place))), 422
    return jsonify(rev=edited.opened.draft.rev(file), text=shown(edited.opened))


def _read(given: str) -> Document:
    read = read_yaml(given)
    if read.value is None:
        raise Problems([Problem("empty", "$", _("文件是空的"), line=1)])
    return read


def _with_lines(problems: tuple[Problem, ...], read: Document, place: tuple[int, ...]) -> Iterator[Problem]:
    for one in problems:
        _file, found = split_path(one.path)
        inside = found[len(place) :] if found[: len(place)] == place else ()
        yield replace(one, line=read.line(inside))


def _told(problems: tuple[Problem, ...]) -> Any:
    """Return problems as the editor of a text lists them, each with its line."""
    lines = [
        {
            "line": one.line or 1,
            "message": _("第 %(line)s 行：%(what)s", line=one.line or 1, what=one.message),
        }
        for one in problems
    ]
    return jsonify(code="invalid", message=_("没有保存：有 %(n)s 处要更正", n=len(lines)), problems=lines)
