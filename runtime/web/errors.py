"""The one table of HTTP statuses, and how a failure is told: a page, or JSON to a script.

Anything that is not in the table is a bug: 500, logged with a reference, its text never shown.
"""

import uuid
from dataclasses import dataclass

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, NotFound, Refused
from runtime.store.transaction import OutcomeUnknown

#: The anticipated failures; a subclass has the status of its nearest base.
ANSWERS: dict[type[Exception], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    InvalidAnswers: 422,
    Refused: 422,
    OutcomeUnknown: 503,
    OperationalError: 503,
}


@dataclass(frozen=True, slots=True)
class Words:
    """How a status is told. `message` is for failures that bring no sentence of their own."""

    title: str | LazyString
    message: str | LazyString
    advice: str | LazyString = ""
    icon: str = "alert-triangle"
    #: Offer to try the same address again.
    again: bool = False


WORDS: dict[int, Words] = {
    400: Words(_l("请求无法识别"), _l("页面可能已过期，请返回刷新后重试。"), icon="file-x", again=True),
    403: Words(
        _l("没有权限"),
        _l("您可以看到它，但不能执行此操作。"),
        _l("如需办理，请联系管理员或单据的发起人。"),
        icon="lock",
    ),
    404: Words(
        _l("没有找到"),
        _l("内容不存在，或者您没有查看权限。"),
        _l("请核对链接，或从工作台、台账重新进入。"),
        icon="zoom-question",
    ),
    405: Words(_l("请求无法识别"), _l("这个地址不支持此操作。"), icon="file-x"),
    409: Words(
        _l("情况已变化"),
        _l("别人刚刚处理过，或内容已更新。"),
        _l("刷新后查看最新内容。"),
        icon="refresh",
        again=True,
    ),
    413: Words(_l("内容过大"), _l("提交的内容或文件超过了允许的大小。"), icon="file-x"),
    415: Words(_l("请求无法识别"), _l("提交的格式不受支持。"), icon="file-x"),
    422: Words(_l("内容有误"), _l("请更正后重新提交。"), icon="edit-off"),
    429: Words(_l("操作太频繁"), _l("请稍候片刻再试。"), icon="hourglass", again=True),
    500: Words(
        _l("系统出错了"),
        _l("您的数据没有丢失：没有成功的操作不会留下一半的结果。"),
        _l("请稍后重试；若反复出现，请把下面的编号告诉管理员。"),
        icon="server-off",
        again=True,
    ),
    503: Words(
        _l("暂时无法处理"),
        _l("数据库暂时没有响应。"),
        _l("请稍后刷新，先查看操作是否已生效，再决定是否重做。"),
        icon="database-off",
        again=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What the error page shows."""

    status: int
    title: str
    message: str
    advice: str = ""
    icon: str = "alert-triangle"
    again: bool = False
    #: To find it in the log; only where something broke.
    reference: str = ""


_log = structlog.get_logger(__name__)


def answer_errors(app: Flask) -> None:
    """Answer every failure in words."""
    for kind in ANSWERS:
        app.register_error_handler(kind, _anticipated)
    app.register_error_handler(HTTPException, _http)


def status_of(error: Exception) -> int:
    """Return the status of an anticipated failure, by its nearest base class; 500 for any other."""
    return next((ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS), 500)


def wants_json() -> bool:
    """Say whether a script asked, which reads JSON, and not a person's browser."""
    if request.is_json or "HX-Request" in request.headers:
        return True
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def _anticipated(error: Exception) -> ResponseReturnValue:
    status = status_of(error)
    if not isinstance(error, Refused):
        reference = _reference()
        _log.error("database failed", reference=reference, path=request.path, exc_info=error)
        return _tell(status, reference=reference)
    problems = [{"path": one.path, "message": one.message} for one in getattr(error, "problems", ())]
    return _tell(status, code=error.code, message=error.message, problems=problems)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error.response, Response):
        return error.response
    status = error.code or 500
    if isinstance(error, CSRFError):
        return _tell(400, code="page_expired")
    if status < 500:
        return _tell(status)
    reference = _reference()
    # Flask has logged the traceback; this line ties it to what the person sees.
    _log.error("request failed", reference=reference, path=request.path, status=status)
    return _tell(status, reference=reference)


def _tell(
    status: int,
    *,
    code: str = "",
    message: str = "",
    problems: list[dict[str, str]] | None = None,
    reference: str = "",
) -> ResponseReturnValue:
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    if wants_json():
        body = {"code": code or f"http_{status}", "message": message or str(words.message)}
        if problems:
            body["problems"] = problems  # type: ignore[assignment]  # the only key that is not text
        if reference:
            body["reference"] = reference
        return jsonify(body), status
    failure = Failure(
        status,
        str(words.title),
        message or str(words.message),
        str(words.advice),
        words.icon,
        words.again,
        reference,
    )
    return render_template("errors/error.html", failure=failure), status


def _reference() -> str:
    return uuid.uuid4().hex[:8].upper()
