"""Walk-throughs: new ones and copies, each with a name of its own."""

from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents, find, standing, with_file
from builder.edits.edit import Edit
from builder.edits.place import Step
from builder.edits.rules.place import free_name, object_at, put_into
from runtime.language.refusal import Refused
from runtime.language.speech import _

#: Where walk-throughs of no flow stand.
ALONE = "tests/app.yaml"


@dataclass(frozen=True)
class AddTest(Edit):
    """Make a new walk-through, the last in its file; of a flow it begins with submitting its form."""

    do: ClassVar[str] = "add_test"
    of: ClassVar[frozenset[str]] = frozenset({"walkthrough"})
    name: str
    flow: str = ""

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the walk-through.

        :raises Refused: if it has no name, or another one's.
        """
        name = self.name.strip()
        if not name:
            raise Refused("no_name", _("请填写测试名称。"))
        if find(documents, "walkthrough", name) is not None:
            raise Refused("name_taken", _("已经有测试“%(name)s”，请换一个名称。", name=name))
        step: dict[str, Any] = {"note": _("只核对")}
        if self.flow:
            step = {"as": "initiator", "submit": self.flow, "data": {}}
        return put_into(documents, self.file, {"name": name, "steps": [step]})

    @property
    def label(self) -> str:
        """What was made."""
        return _("新建测试 %(name)s", name=self.name)


@dataclass(frozen=True)
class CopyTest(Edit):
    """Put a copy of a walk-through behind it."""

    do: ClassVar[str] = "copy_test"
    of: ClassVar[frozenset[str]] = frozenset({"walkthrough"})
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy.

        :raises Conflict: if the walk-through has gone.
        """
        found = object_at(documents, self.file, self.place)
        taken = {one.name for one in standing(documents, "walkthrough")}
        wanted = _("%(name)s（副本）", name=found["name"]) if found.get("name") else _("测试（副本）")
        name = free_name(wanted, taken, joint=" ")
        document = documents[self.file]
        listed = document if isinstance(document, list) else [document]
        at = next(number for number, one in enumerate(listed) if one is found)
        made = [*listed[: at + 1], {**found, "name": name}, *listed[at + 1 :]]
        return with_file(documents, self.file, made)

    @property
    def label(self) -> str:
        """What was copied."""
        return _("复制测试")
