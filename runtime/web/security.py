"""Security headers, CSRF and cookies: one place, the same for every answer."""

from flask import Flask, Response, current_app, make_response, request
from flask_wtf.csrf import CSRFProtect
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)

#: Library whose pages show a flow's picture; it puts its own styles into them.
_CANVAS = "x6.css"

csrf = CSRFProtect()


def policy(*styles: str) -> ContentSecurityPolicy:
    """Return what a page may load: no inline script, no inline style, nothing from elsewhere.

    `styles` are hashes of style elements that a library of ours puts into the page. `data:` and `blob:` are
    pictures only.
    """
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'", *(f"'{one}'" for one in styles))
        .img_src("'self'", "data:", "blob:")
        .font_src("'self'")
        .connect_src("'self'")
        .form_action("'self'")
        .frame_ancestors("'self'")
        .base_uri("'none'")
        .object_src("'none'")
        .manifest_src("'self'")
        .worker_src("'self'")
    )


def let_draw_flows(page: str) -> Response:
    """Return the answer with a page that shows a flow's picture: its canvas may bring its own styles."""
    response = make_response(page)
    found = policy(*current_app.extensions["vendor_hashes"](_CANVAS))
    response.headers[found.header_name] = found.header_value
    return response


def protect(app: Flask, *, https: bool) -> None:
    """Guard every answer of `app`; `https` says that people reach it over TLS."""
    app.config.update(
        SESSION_COOKIE_NAME="biaoliu",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        # A form may stay open for a working day: the token lives as long as the session.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_HEADERS=["X-CSRFToken"],
        # Flask's default allows 500 kB of form fields; forms come as JSON, capped here, files on their own.
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=1_000,
    )
    csrf.init_app(app)
    headers = _headers(https=https).headers

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            # Business data stays out of the browser's cache and of what "back" shows after log-out.
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _headers(*, https: bool) -> Secure:
    return Secure(
        csp=policy(),
        coop=CrossOriginOpenerPolicy().set("same-origin"),
        corp=CrossOriginResourcePolicy().set("same-origin"),
        referrer=ReferrerPolicy().set("same-origin"),
        permissions=PermissionsPolicy().camera().microphone().geolocation().payment(),
        xcto=XContentTypeOptions().set("nosniff"),
        xfo=XFrameOptions().set("SAMEORIGIN"),
        hsts=StrictTransportSecurity().max_age(31_536_000) if https else None,
    )
