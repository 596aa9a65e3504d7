"""A form of the draft as others will see it: any person, any node, desk or phone."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from builder.usecases.preview_form import START, Seat, preview_calculation, preview_form, preview_pick
from builder.web.request import acting, object_of
from builder.web.views.frame import frame
from builder.web.views.preview import PreviewPage, preview_page
from runtime.language.refusal import Forbidden, NotFound, Refused
from runtime.web.answers import calculated, calculation
from runtime.web.pickers import pick_asked, picks
from runtime.web.security import policy
from runtime.web.sheet import sheet

bp = Blueprint("preview", __name__, url_prefix="/design/<app>/forms/<code>/preview")


@bp.get("")
def show(app: str, code: str) -> ResponseReturnValue:
    """Show the choice of seat, and the form from there in a frame of its own."""
    opened, found = object_of(app, "form", code)
    page: PreviewPage = preview_page(opened, code, _seat(code), address=_address(app, code))
    shown = frame(opened, module="forms", name=str(found.document.get("name") or code), file=found.file)
    answer = make_response(render_template("design/preview.html", frame=shown, page=page))
    # The one page that holds another of ours in a frame.
    framed = policy().frame_src("'self'")
    answer.headers[framed.header_name] = framed.header_value
    return answer


@bp.get("/sheet")
def paper(app: str, code: str) -> ResponseReturnValue:
    """Show the form alone, as the seat sees it."""
    seat = _seat(code)
    try:
        model = preview_form(**acting(), app=app, seat=seat)
    except (Forbidden, NotFound):
        raise
    except Refused as error:
        return render_template("design/preview_sheet.html", form=None, told=error.message), 422
    place = {"app": app, "code": code, **_given(seat)}
    view = sheet(model, calc=url_for(".calc", **place), pick=url_for(".pick", **place))
    return render_template("design/preview_sheet.html", form=view, told="")


@bp.post("/calc")
def calc(app: str, code: str) -> dict[str, Any]:
    """Compute what follows from the answers so far."""
    return calculated(preview_calculation(**acting(), app=app, seat=_seat(code), **calculation()))


@bp.post("/pick")
def pick(app: str, code: str) -> dict[str, Any]:
    """Find rows for a lookup of the form."""
    return picks(preview_pick(**acting(), app=app, seat=_seat(code), **pick_asked()))


def _seat(code: str) -> Seat:
    return Seat(
        code,
        request.args.get("flow", "")[:80],
        request.args.get("node", START)[:80] or START,
        request.args.get("person", "")[:80],
    )


def _given(seat: Seat) -> dict[str, Any]:
    return {"flow": seat.flow, "node": seat.node, "person": seat.person}


def _address(app: str, code: str) -> str:
    return url_for(".paper", app=app, code=code, **_given(_seat(code)))
