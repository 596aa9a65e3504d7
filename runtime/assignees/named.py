"""People named directly: the initiator, the previous handler, a field, a person, a department, a post."""

from typing import ClassVar

from runtime.assignees.source import Asking, Found, PersonSource, codes
from runtime.language.flow import Source
from runtime.language.kept_speech import sentence as _l
from runtime.language.vocabulary import Of


class Initiator(PersonSource):
    """`initiator`."""

    code = "initiator"
    label = "发起人"
    of: ClassVar[frozenset[Of]] = frozenset({"none"})
    names_initiator = True

    def people(self, _: Source, asking: Asking) -> Found:
        """Return the initiator."""
        return Found((asking.initiator,), _l("流程发起人"))


class Previous(PersonSource):
    """`previous`: who handled the node before."""

    code = "previous"
    label = "上一节点处理人"
    of: ClassVar[frozenset[Of]] = frozenset({"none"})

    def people(self, _: Source, asking: Asking) -> Found:
        """Return the previous handlers."""
        return Found(asking.previous, _l("上一节点处理人"))


class UserField(PersonSource):
    """`{field: signer}`, or a column of rows: `{field: items.buyer}`."""

    code = "field"
    label = "表单人员字段"
    of: ClassVar[frozenset[Of]] = frozenset({"field"})

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the people in the field; those who do not exist are left out."""
        found = tuple(dict.fromkeys(codes(asking.value(str(source.of)))))
        known = tuple(one for one in found if one in asking.directory.people)
        return Found(known, _l("单据字段“%(field)s”的人员", field=str(source.of)))


class OneUser(PersonSource):
    """`{user: duty_officer}`: whoever the slot is bound to."""

    code = "user"
    label = "指定人员"
    of: ClassVar[frozenset[Of]] = frozenset({"user"})

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the person bound to the slot."""
        person = asking.directory.bound(asking.app, str(source.of))
        return Found((person,) if person in asking.directory.people else (), _l("指定人员"))


class DepartmentMembers(PersonSource):
    """`{department: hr}`: everybody whose department it is."""

    code = "department"
    label = "部门成员"
    of: ClassVar[frozenset[Of]] = frozenset({"department"})

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the department's own members, not those of the departments below it."""
        directory = asking.directory
        code = directory.bound(asking.app, str(source.of))
        found = tuple(one.code for one in directory.people.values() if one.department == code and one.active)
        known = directory.departments.get(code)
        return Found(found, _l("部门“%(name)s”的成员", name=known.name if known else code))


class PostHolders(PersonSource):
    """`{post: p_cashier}`: everybody on this post."""

    code = "post"
    label = "岗位"
    of: ClassVar[frozenset[Of]] = frozenset({"post"})

    def people(self, source: Source, asking: Asking) -> Found:
        """Return who holds the post."""
        directory = asking.directory
        code = directory.bound(asking.app, str(source.of))
        found = tuple(one.code for one in directory.people.values() if one.post == code and one.active)
        known = directory.posts.get(code)
        return Found(found, _l("岗位“%(name)s”的人员", name=known.name if known else code))
