"""Make a new app: blank, or as a copy of another one."""

from typing import Any

from builder.edits.documents import Documents
from builder.edits.objects import blank_app, check_code
from builder.edits.shape import check_shape
from builder.store import drafts
from builder.usecases.designing import designer, record
from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, NotFound, Refused
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store.session import Session
from runtime.store.transaction import transaction


def make_app(
    *, session: Session, clock: Clock, actor: int, code: str, name: str, like: str = "", address: str = ""
) -> None:
    """Begin the draft of a new app; `like` names the app it is a copy of.

    :raises InvalidAnswers: if the code is none or taken, or there is no name; `$.code`, `$.name`.
    :raises NotFound: if there is no app `like`.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        _check(code, name, taken=drafts.read(tx, code) is not None)
        documents: Documents = blank_app(code, name.strip())
        if like:
            found = drafts.read(tx, like)
            if found is None:
                raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=like))
            documents = copied(found.documents, like=like, code=code, name=name.strip())
        check_shape(documents, documents)
        if not drafts.begin(tx, code, base=None, by=actor, at=clock.moment):
            raise InvalidAnswers([_taken(code)])  # somebody was faster
        begun = drafts.read(tx, code, lock=True)
        assert begun is not None
        label = _("新建应用 %(name)s", name=name.strip())
        drafts.keep(tx, begun, documents, label=label, by=actor, at=clock.moment)
        record(tx, clock, who, "app.made", code, address=address, like=like)


def copied(documents: Documents, *, like: str, code: str, name: str) -> dict[str, Any]:
    """Return the documents of an app under another code: full names of its own objects follow."""
    made = {file: _renamed(one, f"{like}/", f"{code}/") for file, one in documents.items()}
    manifest = {**made[MANIFEST], "code": code, "name": name, "version": "0.1.0"}
    return {**made, MANIFEST: {key: one for key, one in manifest.items() if key != "changelog"}}


def _renamed(value: Any, old: str, new: str) -> Any:
    """Return plain values with `old/…` at the beginning of a text, or quoted in an expression, renamed."""
    if isinstance(value, dict):
        return {key: _renamed(one, old, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, old, new) for one in value]
    if not isinstance(value, str):
        return value
    renamed = new + value.removeprefix(old) if value.startswith(old) else value
    return renamed.replace(f"'{old}", f"'{new}").replace(f'"{old}', f'"{new}')


def _check(code: str, name: str, *, taken: bool) -> None:
    problems = []
    try:
        check_code({}, "manifest", code)
    except Refused as error:
        problems.append(Problem(error.code, "$.code", error.message))
    if taken:
        problems.append(_taken(code))
    if not name.strip():
        problems.append(Problem("required", "$.name", _("请填写应用名称。")))
    if problems:
        raise InvalidAnswers(problems)


def _taken(code: str) -> Problem:
    return Problem("code_taken", "$.code", _("应用编码 %(code)s 已经有了，请换一个。", code=code))
