"""A page with expressions of several kinds, as the panels of the designers have them, over a real draft."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Blueprint, render_template_string
from werkzeug.serving import make_server

from builder.edits.documents import find
from builder.web.request import draft_of
from builder.web.views.frame import frame
from tests.web.site import Site

FORM = "sales_contract_change_form"
PAGE = "/design/sales_contract_change/expressions/sample"

_PAGE = """{% extends "design/base.html" %}{% import "design/macros/panel.html" as panel %}
{% block content %}<div class="content"><section class="card">
{{ panel.expression("visible", "显示条件", ["fields", "other_terms", "visible_if"],
                    fields.other_terms.visible_if, "entity:" ~ form, "boolean") }}
{{ panel.expression("required", "必填条件", ["fields", "copies", "required_if"], fields.copies.required_if,
                    "entity:" ~ form, "boolean") }}
{{ panel.expression("formula", "公式", ["fields", "copies", "formula"], fields.copies.formula,
                    "entity:" ~ form, "number") }}
{{ panel.expression("title", "标题", ["title"], document.title, "template:" ~ form, "text") }}
{{ panel.expression("filter", "筛选", ["fields", "contract_no", "filter"], fields.contract_no.filter,
                    "lookup:" ~ form ~ ".contract_no", "boolean") }}
</section></div>{% endblock %}"""


def sample_page() -> Blueprint:
    """Return the page."""
    bp = Blueprint("expression_sample", __name__)

    @bp.get("/design/<app>/expressions/sample")
    def show(app: str) -> str:
        found = find(draft_of(app).draft.documents, "form", FORM)
        assert found is not None
        opened = draft_of(app, found.file)
        fields = {one["code"]: one for one in found.document["fields"]}
        return render_template_string(
            _PAGE,
            frame=frame(opened, module="forms", name="表达式", file=found.file),
            document=found.document,
            fields=fields,
            form=FORM,
        )

    return bp


@contextmanager
def served(site: Site, port: int = 0) -> Iterator[str]:
    """Serve a site with the page; yield its address."""
    site.app.register_blueprint(sample_page())
    server = make_server("127.0.0.1", port, site.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
