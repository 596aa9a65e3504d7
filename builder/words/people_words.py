"""Sources of people in words: "角色“财务专员”的成员"."""

from runtime.language.entity import Entity
from runtime.language.flow import Source
from runtime.language.lint.scope import Scope, field_at

#: What stands where a source asks for somebody.
SUBJECTS = {"initiator": "发起人", "previous": "上一节点处理人", "current_user": "当前人"}
_SLOTS = ("role", "department", "post", "user")
_EVERYBODY = {"all_staff": "全体员工", "dept_head": "部门主管", "participant": "参与人"}


def people_words(source: Source, scope: Scope, record: Entity | None) -> str:
    """Return who a source stands for; `record` is the entity whose fields it may name."""
    word = scope.vocabulary.sources.get(source.kind)
    if word is None:
        return f"「{source.kind}」"
    if source.of is None:
        return word.label
    if source.kind in _SLOTS:
        return f"{word.label}“{slot_name(scope, source.kind, str(source.of))}”{_within(source)}"
    who = subject_words(str(source.of), record)
    return who if source.kind == "field" else f"{who}的{word.label}"


def subject_words(of: str, record: Entity | None) -> str:
    """Return a person that a source names: the initiator, or whom a field holds."""
    if of in SUBJECTS:
        return SUBJECTS[of]
    found = field_at(record, of) if record else None
    return f"“{found.label if found else of}”"


def slot_name(scope: Scope, kind: str, code: str) -> str:
    """Return the name of a slot of the app, the code if it has none."""
    named = (one.name for one in scope.app.manifest.slots if one.kind == kind and one.code == code)
    return next(named, "") or _EVERYBODY.get(code, code)


def _within(source: Source) -> str:
    return {"department": "（本部门逐级向上）", "company": "（本单位）"}.get(
        str(source.options.get("within", "")), ""
    )
