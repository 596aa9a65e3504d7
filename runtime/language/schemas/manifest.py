"""`pack.yaml`."""

import re
from typing import Any

from runtime.language.app import Change, Manifest, Slot
from runtime.language.schemas.access import EVERYBODY
from runtime.language.schemas.compound import Listed, Nested
from runtime.language.schemas.document import Document
from runtime.language.schemas.items import KEPT, Choice, Code, Text, Truth, Whole
from runtime.language.schemas.wrong import shown, wrong
from runtime.language.speech import _


class Version(Text):
    """Three numbers: `1.0.0`."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        text: str = super()._deserialize(value)
        if not re.fullmatch(r"\d{1,6}\.\d{1,6}\.\d{1,6}", text):
            message = _("版本应为三个数字，如 1.0.0，实为%(found)s", found=shown(text))
            raise wrong("version", message)
        return text


class SlotSchema(Document):
    """The document form of a `Slot`."""

    builds = Slot
    code = Code(required=True, kept=KEPT.union(EVERYBODY))
    kind = Choice("role", "department", "post", "user", "connector", "secret", required=True)
    name = Text(required=True, longest=200)
    required = Truth()
    note = Text()


class ChangeSchema(Document):
    """The document form of a `Change`."""

    builds = Change
    version = Version(required=True)
    date = Text(longest=30)
    text = Text(required=True)


class ManifestSchema(Document):
    """The document form of a `Manifest`."""

    builds = Manifest
    schema = Whole(required=True, least=1)
    code = Code(required=True)
    name = Text(required=True, longest=200)
    version = Version(required=True)
    summary = Text()
    icon = Text(longest=60)
    requires = Listed(Code(kept=()))
    slots = Listed(Nested(SlotSchema), distinct="code")
    changelog = Listed(Nested(ChangeSchema))
    note = Text()
