"""An object as the text that a pack holds: read, compared, changed by hand, with problems at their lines."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from builder.web.navigation import KIND_OF
from builder.web.request import object_of
from builder.web.views.frame import frame
from builder.web.views.objects import views_of
from builder.web.written import take_text
from runtime.language.yaml_dump import dump_yaml

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
    _opened, found = object_of(app, KIND_OF[module], code)
    return take_text(app, found.file, (), lambda opened: dump_yaml(opened.draft.documents[found.file]))
