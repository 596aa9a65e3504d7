"""Which pack comes first: those that others require."""

from collections.abc import Sequence

from runtime.language.app import App


def in_order(apps: Sequence[App]) -> list[App]:
    """Return the apps, each after those it requires; packs that require each other keep their order."""
    waiting = {app.code: app for app in apps}
    ordered: list[App] = []

    def take(app: App, above: frozenset[str]) -> None:
        for code in app.manifest.requires:
            if code in waiting and code not in above:
                take(waiting[code], above | {code})
        if waiting.pop(app.code, None):
            ordered.append(app)

    for app in apps:
        if app.code in waiting:
            take(app, frozenset({app.code}))
    return ordered
