"""`permissions.yaml` and `menu.yaml`."""

from collections.abc import Mapping
from typing import Any

from marshmallow.exceptions import SCHEMA

from runtime.language.app import MenuEntry, Permission
from runtime.language.schemas.compound import Listed
from runtime.language.schemas.document import Document
from runtime.language.schemas.items import Choice, Formula, Ref, Text
from runtime.language.schemas.wrong import Wrong
from runtime.language.speech import _

SCOPES = ("own", "dept", "dept_tree", "company", "all", "granted")
#: What stands for people besides role slots.
EVERYBODY = ("all_staff", "dept_head", "initiator", "participant")
RIGHTS = ("view", "pick", "create", "edit", "delete", "import", "export", "print")


class PermissionSchema(Document):
    """The document form of a `Permission`."""

    builds = Permission
    who = Text(required=True)
    on = Listed(Ref(), required=True, least=1)
    scope = Choice(*SCOPES, required=True)
    can = Listed(Choice(*RIGHTS), required=True, least=1)
    hide = Listed(Text())
    mask = Listed(Text())
    where = Formula()
    note = Text()


class MenuEntrySchema(Document):
    """The document form of a `MenuEntry`."""

    builds = MenuEntry
    flow = Ref()
    table = Ref()
    view = Text()
    name = Text(required=True, longest=200)
    icon = Text(longest=60)
    roles = Listed(Text())
    note = Text()

    def faults(self, original: Mapping[str, Any]) -> dict[str | int, Any]:
        """Return what is wrong with the whole: it opens exactly one thing."""
        found = super().faults(original)
        if ("flow" in original) == ("table" in original):
            found[SCHEMA] = [Wrong("menu", _("应写且只写 flow（发起流程）和 table（打开表）之一"))]
        elif "view" in original and "table" not in original:
            found["view"] = [Wrong("not_allowed", _("view 只用于 table"))]
        return found
