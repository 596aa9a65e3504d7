"""Whole rules: new ones, copies, other codes, and away with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from builder.edits.documents import Documents, standing, with_file
from builder.edits.edit import Edit
from builder.edits.place import Step, with_value
from builder.edits.renaming.plain import Change, each, texts, with_keys
from builder.edits.renaming.retold import Names, retold, swap
from builder.edits.rules.place import free_name, object_at, put_into, taken_out_of
from runtime.language.parts import part_of
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.packs.vocabulary import VOCABULARY

#: Longest code, so that a number still fits behind it.
_LONGEST_STEM = 34


def rule_codes(documents: Documents) -> set[str]:
    """Return the codes of all rules of an app."""
    return {one.name for one in standing(documents, "rule")}


def rules_file(trigger: str) -> str:
    """Return the file of the rules of a flow or a table: `rules/<flow>.yaml`."""
    return f"rules/{trigger.replace('/', '_')}.yaml"


@dataclass(frozen=True)
class AddRule(Edit):
    """Make a new rule of a flow or of a table, the last in its file."""

    do: ClassVar[str] = "add_rule"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    name: str
    #: `flow` or `source`.
    by: str
    #: Code of the flow, or reference of the table.
    trigger: str
    on: Any
    action: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the rule.

        :raises Refused: if it lacks a name or a trigger.
        """
        if not self.name.strip():
            raise Refused("no_name", _("请填写规则名称。"))
        if self.by not in ("flow", "source") or not self.trigger.strip():
            raise Refused("no_trigger", _("请选择由哪个流程或哪张表触发。"))
        if VOCABULARY.actions.get(self.action) is None:
            raise Refused("no_action", _("请选择规则做什么。"))
        code = free_name("rule", rule_codes(documents))
        made = {"code": code, "name": self.name.strip(), "on": self.on, self.by: self.trigger}
        return put_into(documents, self.file, {**made, "do": self.action})

    @property
    def label(self) -> str:
        """What was made."""
        return _("新建规则 %(name)s", name=self.name)


@dataclass(frozen=True)
class CopyRule(Edit):
    """Put a copy of a rule behind it, with a code of its own."""

    do: ClassVar[str] = "copy_rule"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the copy.

        :raises Conflict: if the rule has gone.
        """
        found = object_at(documents, self.file, self.place)
        code = free_name(str(found.get("code") or "rule")[:_LONGEST_STEM], rule_codes(documents))
        name = found.get("name")
        made = {"code": code, **{key: one for key, one in found.items() if key != "code"}}
        if isinstance(name, str) and name:
            made["name"] = _("%(name)s（副本）", name=name)
        document = documents[self.file]
        listed = document if isinstance(document, list) else [document]
        at = next(number for number, one in enumerate(listed) if one is found)
        return with_file(documents, self.file, [*listed[: at + 1], made, *listed[at + 1 :]])

    @property
    def label(self) -> str:
        """What was copied."""
        return _("复制规则 %(rule)s", rule=self.place[0]) if self.place else _("复制规则")


@dataclass(frozen=True)
class RemoveFromFile(Edit):
    """Take an object out of its file; the file goes with its last one."""

    do: ClassVar[str] = "remove_from_file"
    of: ClassVar[frozenset[str]] = frozenset({"rule", "walkthrough"})
    place: tuple[Step, ...]

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without it.

        :raises Conflict: if it has gone already.
        """
        return taken_out_of(documents, self.file, self.place)

    @property
    def label(self) -> str:
        """What was taken out."""
        return _("删除 %(what)s", what=self.place[0] if self.place else self.file)


@dataclass(frozen=True)
class RenameRule(Edit):
    """Give a rule another code, in the service nodes and walk-throughs that name it as well."""

    do: ClassVar[str] = "rename_rule"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]
    code: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the new code everywhere.

        :raises Refused: if another rule has it.
        :raises Conflict: if the rule has gone.
        """
        found = object_at(documents, self.file, self.place)
        before, code = found.get("code"), self.code.strip()
        if code == before:
            return documents
        if code in rule_codes(documents):
            raise Refused("code_taken", _("编码 %(code)s 已经有了，请换一个。", code=code))
        renamed = {"code": code, **{key: one for key, one in found.items() if key != "code"}}
        changed = with_value(documents[self.file], self.place, renamed)
        documents = with_file(documents, self.file, changed)
        if not isinstance(before, str) or not before:
            return documents
        rename = swap(before, code)
        node: Change = lambda one: with_keys(one, {"actions": each(texts(rename))})  # noqa: E731
        changes: Mapping[str, Change] = {
            "flow": lambda flow: with_keys(flow, {"nodes": each(node)}),
            "walkthrough": lambda told: retold(told, Names(rule=rename)),
        }
        for file, document in sorted(documents.items()):
            part = part_of(file)
            made = changes[part.kind](document) if part and part.kind in changes else document
            if made is not document:
                documents = with_file(documents, file, made)
        return documents

    @property
    def label(self) -> str:
        """What was renamed."""
        return _("规则编码改为 %(code)s", code=self.code)
