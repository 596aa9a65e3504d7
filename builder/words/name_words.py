"""How people call what an expression names: labels of fields and tables, words for what the system keeps."""

from collections.abc import Mapping
from dataclasses import dataclass

from builder.edits.scopes import Standpoint
from runtime.language.entity import Entity
from runtime.language.expressions import FLOW, PERSON, SYSTEM, Type
from runtime.language.expressions.names import Meaning
from runtime.language.lint.scope import field_at
from runtime.language.speech import _

PERSON_WORDS: Mapping[str, str] = {
    "department": "部门",
    "company": "单位",
    "post": "岗位",
    "job_level": "职级",
    "superior": "直接上级",
    "emp_no": "工号",
    "full_name": "姓名",
    "is_dept_head": "是部门负责人",
}
SYSTEM_WORDS: Mapping[str, str] = {
    "id": "记录序号",
    "owner": "负责人",
    "owner_dept": "所属部门",
    "company": "所属单位",
    "created_by": "创建人",
    "created_at": "创建时间",
    "updated_at": "更新时间",
    "state": "状态",
    "case_id": "单据序号",
}
FLOW_WORDS: Mapping[str, str] = {
    "id": "单据序号",
    "code": "流程编码",
    "status": "流程状态",
    "started_at": "发起时间",
    "finished_at": "办结时间",
    "duration_hours": "用时（小时）",
    "reject_count": "退回次数",
    "last_reason": "最近一次意见",
}
#: How a name of another scope is said.
OWNED: Mapping[str, str] = {
    "system": "本记录的%(what)s",
    "flow": "流程的%(what)s",
    "old": "目标的%(what)s",
    "form": "本单的%(what)s",
}
#: Scopes that are people.
SCOPE_WORDS: Mapping[str, str] = {"initiator": "发起人", "current_user": "当前人"}
_OWN: Mapping[str, Mapping[str, str]] = {"system": SYSTEM_WORDS, "flow": FLOW_WORDS}

assert PERSON_WORDS.keys() == PERSON.keys()
assert SYSTEM_WORDS.keys() == SYSTEM.keys()
assert FLOW_WORDS.keys() == FLOW.keys()


@dataclass(frozen=True)
class Labels:
    """The labels of everything that may be named at one place."""

    at: Standpoint

    def name(self, meaning: Meaning, *, rows: str = "") -> str:
        """Return what people call a name; `rows` is the sub-table whose rows a function runs over."""
        if meaning.scope in SCOPE_WORDS:
            word = _(SCOPE_WORDS[meaning.scope])
            return person_words(word, meaning.person) if meaning.person else word
        if meaning.scope in _OWN:
            code = meaning.code or ""
            known = _OWN[meaning.scope].get(code)
            return _(OWNED[meaning.scope], what=_(known) if known else code)
        word = self.field(meaning, rows=rows)
        return _(OWNED[meaning.scope], what=word) if meaning.scope in OWNED else word

    def choices(self, kind: Type) -> Mapping[str, str]:
        """Return label by value of what a field offers, in the order of its dictionary."""
        item = kind.item or kind
        dictionary = self.at.scope.dictionary(item.dictionary) if item.dictionary else None
        if dictionary is not None:
            labels = dictionary.labels()
            return {value: labels[value] for value in reversed(labels)}
        return {value: value for value in sorted(item.choices or ())}

    def table(self, ref: str) -> str:
        """Return the name of a table or form, the reference itself if there is none."""
        found = self.at.scope.entity(ref)
        return found.name if found else ref

    def column(self, ref: str, code: str) -> str:
        """Return the label of a table's column, its code if there is none."""
        return label_of(self.at.scope.entity(ref), code)

    def field(self, meaning: Meaning, *, rows: str = "") -> str:
        """Return what people call a field or a column, without saying whose it is."""
        code = meaning.code or ""
        if meaning.scope == "row":
            word = _("行号") if code == "index" else label_of(self._row_owner(rows), f"{rows}.{code}")
        else:
            owner = {"old": self.at.target, "form": self.at.form}.get(meaning.scope, self.at.entity)
            word = label_of(owner, code)
            if meaning.column is not None:
                return of_words(word, label_of(owner, f"{code}.{meaning.column}"))
        if meaning.lookup is not None:
            return of_words(word, self.column(meaning.lookup.table, meaning.read or ""))
        return person_words(word, meaning.person) if meaning.person else word

    def _row_owner(self, rows: str) -> Entity | None:
        if rows == self.at.row:
            return self.at.row_owner()
        return next(
            (one for one in (self.at.entity, self.at.form) if one and one.subtable(rows)), self.at.entity
        )


def of_words(whose: str, what: str) -> str:
    """Return what belongs to something."""
    return _("%(whose)s的%(what)s", whose=whose, what=what)


def person_words(whose: str, code: str) -> str:
    """Return what is known of a person."""
    if code == "is_dept_head":
        return _("%(whose)s的是部门负责人", whose=whose)
    return of_words(whose, _(PERSON_WORDS[code]))


def label_of(owner: Entity | None, path: str) -> str:
    """Return the label of a field, a sub-table or a column; the last word of its path if there is none."""
    found = field_at(owner, path) if owner else None
    return found.label if found is not None and found.label else path.rpartition(".")[2]
