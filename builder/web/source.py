"""An object as the text that a pack holds: read, compared, changed by hand, with problems at their lines."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from builder.edits.anywhere import SetValue
from builder.edits.documents import find
from builder.edits.edit import plain
from builder.usecases.edit_draft import Stale, edit_draft
from builder.web.navigation import KIND_OF
from builder.web.request import acting, body, draft_of, existing, object_of, text, whole
from builder.web.views.frame import frame
from builder.web.views.objects import views_of
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import InvalidAnswers
from runtime.language.yaml_dump import dump_yaml
from runtime.language.yaml_text import Document, read_yaml
from runtime.web.speech import _

bp = Blueprint("source", __name__, url_prefix="/design/<app>")

_ONE = "/<any(forms, tables, flows, dictionaries):module>/<code>/yaml"


@bp.get(_ONE)
def show(app: str, module: str, code: str) -> str:
    """Show the text."""
    opened, found = object_of(app, KIND_OF[module], code)
    views = views_of(app, module, code, current="yaml")
    return render_template(
        "design/source.html",
        frame=frame(
            opened,
            module=module,
            name=str(found.document.get("name") or code),
            file=found.file,
            views=views,
        ),
        text=dump_yaml(opened.draft.documents[found.file]),
    )


@bp.post(_ONE)
def save(app: str, module: str, code: str) -> ResponseReturnValue:
    """Take a text that somebody wrote; answer what is wrong with it, line by line, or its new revision."""
    given = body()
    found = existing(find(draft_of(app).draft.documents, KIND_OF[module], code))
    try:
        read = read_yaml(text(given, "text"))
        if read.value is None:
            raise Problems([Problem("empty", "$", "文件是空的", line=1)])
    except Problems as error:
        return told(error.problems), 422
    try:
        edit = SetValue(found.file, (), plain(read.value))
        edit_draft(**acting(), app=app, rev=whole(given, "rev"), edit=edit)
    except Stale as error:
        return stale(app, found.file, error), 409
    except InvalidAnswers as error:
        return told(tuple(_with_lines(error.problems, read))), 422
    opened = draft_of(app, found.file)
    return jsonify(rev=opened.draft.rev(found.file), text=dump_yaml(opened.draft.documents[found.file]))


def _with_lines(problems: tuple[Problem, ...], read: Document) -> Iterator[Problem]:
    for one in problems:
        yield replace(one, line=read.line(split_path(one.path)[1]))


def stale(app: str, file: str, error: Stale) -> Any:
    """Return that somebody was faster, with the revision that their text has."""
    message = _("%(who)s；您的文本还没有保存。", who=error.who)
    return jsonify(code=error.code, message=message, rev=draft_of(app, file).draft.rev(file))


def told(problems: tuple[Problem, ...]) -> Any:
    """Return problems as the editor of a text lists them, each with its line."""
    lines = [
        {
            "line": one.line or 1,
            "message": _("第 %(line)s 行：%(what)s", line=one.line or 1, what=one.message),
        }
        for one in problems
    ]
    return jsonify(code="invalid", message=_("没有保存：有 %(n)s 处要更正", n=len(lines)), problems=lines)
