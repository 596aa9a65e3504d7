"""Sources of people in words: "角色“财务专员”的成员"."""

from builder.words.expression_words import in_its_own
from builder.words.name_words import of_words
from runtime.language.entity import Entity
from runtime.language.flow import Source
from runtime.language.lint.scope import Scope, field_at
from runtime.language.speech import _

#: What stands where a source asks for somebody.
SUBJECTS = {"initiator": "发起人", "previous": "上一节点处理人", "current_user": "当前人"}
#: What the app needs of the organisation, bound where it is installed.
SLOTS = {
    "role": "角色“%(name)s”",
    "department": "部门成员“%(name)s”",
    "post": "岗位“%(name)s”",
    "user": "指定人员“%(name)s”",
}
#: Who stands above somebody.
ABOVE = {
    "dept_head": "%(who)s的部门主管",
    "superior": "%(who)s的直属上级",
    "division_leader": "%(who)s的分管领导",
    "company_head": "%(who)s的单位负责人",
}
#: Slots that every app has.
EVERYBODY = {"all_staff": "全体员工", "dept_head": "部门主管", "participant": "参与人"}


def people_words(source: Source, scope: Scope, record: Entity | None) -> str:
    """Return who a source stands for; `record` is the entity whose fields it may name."""
    word = scope.vocabulary.sources.get(source.kind)
    if word is None:
        return in_its_own(source.kind)
    if source.of is None:
        return _(word.label)
    if source.kind in SLOTS:
        name = slot_name(scope, source.kind, str(source.of))
        return _within(source, _(SLOTS[source.kind], name=name))
    who = subject_words(str(source.of), record)
    if source.kind in ABOVE:
        return _(ABOVE[source.kind], who=who)
    return who if source.kind == "field" else of_words(who, _(word.label))


def subject_words(of: str, record: Entity | None) -> str:
    """Return a person that a source names: the initiator, or whom a field holds."""
    if of in SUBJECTS:
        return _(SUBJECTS[of])
    found = field_at(record, of) if record else None
    return _("“%(name)s”", name=found.label if found else of)


def slot_name(scope: Scope, kind: str, code: str) -> str:
    """Return the name of a slot of the app, the code if it has none."""
    named = (one.name for one in scope.app.manifest.slots if one.kind == kind and one.code == code)
    return next(named, "") or (_(EVERYBODY[code]) if code in EVERYBODY else code)


def _within(source: Source, who: str) -> str:
    match source.options.get("within"):
        case "department":
            return _("%(who)s（本部门逐级向上）", who=who)
        case "company":
            return _("%(who)s（本单位）", who=who)
    return who
