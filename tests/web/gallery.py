"""An app that shows every page with sample values, and answers its scripts as the real one does.

It stands on the same frame (headers, CSRF, assets, languages, errors), so that what holds here holds there.
`python -m tests.web.gallery` serves it for looking at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from runtime.language.refusal import Conflict, Forbidden, NotFound
from runtime.web.frame import frame
from tests.web import gallery_answers as answers
from tests.web import sample_admin as admin
from tests.web import sample_cases as cases
from tests.web import sample_tables as tables
from tests.web import sample_work as work


def gallery() -> Flask:
    """Return the app."""
    app = Flask("runtime.web", static_folder=None)
    app.config.update(SECRET_KEY="only for pictures", TESTING=True, PROPAGATE_EXCEPTIONS=False)
    LoginManager(app).user_loader(lambda _: None)
    frame(app)
    app.context_processor(lambda: {"shell": work.shell(request.path)})
    for blueprint in (_auth(), _work(), _admin(), _cases()):
        app.register_blueprint(blueprint)
    return app


def _auth() -> Blueprint:
    bp = Blueprint("auth", __name__)

    @bp.route("/login", methods=["GET", "POST"], endpoint="log_in")
    def log_in() -> str:
        demo = (
            {"login": "yiqiuchi", "name": "易秋池", "note": "销售代表"},
            {"login": "yaoshubai", "name": "姚书白", "note": "法务"},
        )
        return render_template(
            "auth/log_in.html",
            problem="账号或密码不正确。" if request.method == "POST" else "",
            login="",
            next="/",
            demo=demo,
            demo_password="biaoliu-demo",
        )

    @bp.get("/profile", endpoint="profile")
    def profile() -> str:
        facts = (("姓名", "易秋池"), ("账号", "yiqiuchi"), ("部门", "华北一组甲小队"))
        return render_template(
            "auth/profile.html", facts=facts, problems={"old": "原密码不正确。"}, language="zh_Hans_CN"
        )

    @bp.post("/language", endpoint="change_language")
    def change_language() -> ResponseReturnValue:
        session["language"] = request.form["language"]
        return redirect(request.form["next"])

    bp.add_url_rule("/logout", "log_out", lambda: redirect("/login"), methods=["POST"])
    bp.add_url_rule("/password", "change_password", lambda: redirect("/profile"), methods=["POST"])
    return bp


def _work() -> Blueprint:
    bp = Blueprint("work", __name__)

    bp.add_url_rule("/", "home", lambda: redirect("/desk/todo"))

    @bp.get("/desk/<tab>", endpoint="show")
    def show(tab: str) -> str:
        if "before" in request.args:
            return render_template("work/_lines.html", page=work.work(tab))
        page = work.work(tab, q=request.args.get("q", ""), empty="empty" in request.args)
        return render_template("work/show.html", page=page)

    @bp.get("/start", endpoint="start")
    def start() -> str:
        return render_template("work/start.html", groups=() if "empty" in request.args else work.APPS)

    @bp.get("/inbox", endpoint="inbox")
    def inbox() -> str:
        return render_template(
            "work/inbox.html", notices=() if "empty" in request.args else work.NOTICES, more=""
        )

    bp.add_url_rule("/inbox", "read_all", lambda: redirect("/inbox"), methods=["POST"])
    return bp


def _admin() -> Blueprint:
    bp = Blueprint("admin", __name__, url_prefix="/admin")

    @bp.route("/packs", methods=["GET", "POST"], endpoint="install")
    def packs() -> str:
        return render_template("admin/packs.html", packs=admin.PACKS, report=admin.BAD_PACK)

    for path, name, given in (
        ("/packs/upload", "upload", {"upload": admin.UPLOAD}),
        ("/people", "people", {"page": admin.PEOPLE}),
        ("/people/2", "person", {"person": admin.PERSON}),
        ("/people/2/password", "password", {"name": "易秋池", "login": "yiqiuchi", "password": "fQ3xW9"}),
        ("/jobs", "jobs", {"page": admin.JOBS}),
        ("/audit", "audit", {"page": admin.AUDIT}),
    ):
        bp.add_url_rule(path, name, _shows(f"admin/{name}.html", given))
    bp.add_url_rule("/packs/all", "packs", packs)
    bp.add_url_rule("/jobs/retry", "retry_all", lambda: redirect("/admin/jobs"), methods=["POST"])
    return bp


def _shows(template: str, given: Mapping[str, object]) -> Callable[[], str]:
    return lambda: render_template(template, **given)


def _cases() -> Blueprint:
    bp = Blueprint("sample", __name__)

    @bp.get("/sample/<page>")
    def show(page: str) -> str:
        count = request.args.get("rows", 2, type=int)
        match page:
            case "new":
                view = cases.case("edit", cases.filling(), new=True, count=count)
            case "act":
                view = cases.case("edit", cases.acting(), count=count)
            case "read":
                view = cases.case("read", ())
            case "print":
                return render_template("case/print.html", case=cases.case("read", ()))
            case "record":
                return render_template("tables/record.html", record=tables.record())
            case _:
                abort(404)
        return render_template("case/show.html", case=view)

    @bp.get("/tables/contract")
    def table() -> str:
        page = tables.table(empty="empty" in request.args, filtered="state" in request.args)
        return render_template("tables/list.html", page=page)

    @bp.get("/failure/<int:status>")
    def failure(status: int) -> str:
        told = {
            403: Forbidden("not_yours", "这条待办不在您名下。"),
            404: NotFound("no_case", "没有这份单据，或您无权查看。"),
            409: Conflict("handled", "已由 姚书白 于 10:02 退回。"),
        }
        if status in told:
            raise told[status]
        if status == 500:
            raise RuntimeError("a bug")
        abort(status)

    bp.add_url_rule("/sample/calc", "calc", answers.calc, methods=["POST"])
    bp.add_url_rule("/sample/act", "act", answers.act, methods=["POST"])
    bp.add_url_rule("/sample/files", "upload", answers.upload, methods=["POST"])
    bp.add_url_rule("/pick/<name>", "pick", answers.pick, methods=["POST"])
    bp.add_url_rule("/directory/<kind>", "search", answers.search)
    bp.add_url_rule("/files/<id>", "file", lambda id: Response(answers.PIXEL, mimetype="image/png"))  # noqa: ARG005
    return bp


if __name__ == "__main__":
    app = gallery()
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    app.run(port=8741, debug=False)
