"""People found by a relation to somebody: 部门主管, 上级, 分管领导, 单位负责人."""

from typing import Any, ClassVar

from runtime.assignees.source import Asking, Found, PersonSource, department_of, departments, subjects
from runtime.language.flow import Source
from runtime.language.kept_speech import Sentence
from runtime.language.kept_speech import sentence as _l
from runtime.language.vocabulary import Of

_OF: frozenset[Of] = frozenset({"person"})


class DepartmentHead(PersonSource):
    """`{dept_head: initiator}`: the head; where that is the person asked about, the next one up."""

    code = "dept_head"
    label = "部门主管"
    of: ClassVar[frozenset[Of]] = _OF

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the heads of the departments meant."""
        heads = [
            asking.directory.head_of(department_of(one, asking), above=one)
            for one in subjects(source.of, asking)
        ]
        return _found(
            heads,
            _why(
                source.of,
                _l("发起人的部门主管"),
                _l("上一节点处理人的部门主管"),
                _l("字段“%(field)s”的部门主管", field=str(source.of)),
            ),
        )


class Superior(PersonSource):
    """`{superior: initiator}`: 直属上级, else the department's head."""

    code = "superior"
    label = "直属上级"
    of: ClassVar[frozenset[Of]] = _OF

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the superiors of the people meant."""
        found = [asking.directory.superior_of(one) for one in subjects(source.of, asking)]
        return _found(
            found,
            _why(
                source.of,
                _l("发起人的直属上级"),
                _l("上一节点处理人的直属上级"),
                _l("字段“%(field)s”的直属上级", field=str(source.of)),
            ),
        )


class DivisionLeader(PersonSource):
    """`{division_leader: initiator}`: the 分管领导 of the department or of the nearest one above."""

    code = "division_leader"
    label = "分管领导"
    of: ClassVar[frozenset[Of]] = _OF

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the division leaders of the departments meant."""
        found = [asking.directory.division_leader_of(one) for one in departments(source.of, asking)]
        return _found(
            found,
            _why(
                source.of,
                _l("发起人部门的分管领导"),
                _l("上一节点处理人部门的分管领导"),
                _l("字段“%(field)s”部门的分管领导", field=str(source.of)),
            ),
        )


class CompanyHead(PersonSource):
    """`{company_head: initiator}`: who leads the company, else the company above."""

    code = "company_head"
    label = "单位负责人"
    of: ClassVar[frozenset[Of]] = _OF

    def people(self, source: Source, asking: Asking) -> Found:
        """Return the heads of the companies of the people meant."""
        directory = asking.directory
        people = [directory.person(one) for one in subjects(source.of, asking)]
        found = [directory.company_head_of(one.company) for one in people if one]
        return _found(
            found,
            _why(
                source.of,
                _l("发起人所在单位的负责人"),
                _l("上一节点处理人所在单位的负责人"),
                _l("字段“%(field)s”所在单位的负责人", field=str(source.of)),
            ),
        )


def _found(people: list[str | None], because: Sentence) -> Found:
    return Found(tuple(dict.fromkeys(one for one in people if one)), because)


def _why(of: Any, initiator: Sentence, previous: Sentence, field: Sentence) -> Sentence:
    """Return the explanation that fits the subject of a relation."""
    return {"initiator": initiator, "previous": previous}.get(str(of), field)
