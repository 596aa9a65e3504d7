"""Where the people of a node come from; one class per source, registered here in the designer's order."""

from runtime.assignees.named import DepartmentMembers, Initiator, OneUser, PostHolders, Previous, UserField
from runtime.assignees.relation import CompanyHead, DepartmentHead, DivisionLeader, Superior
from runtime.assignees.role import RoleMembers
from runtime.assignees.source import PersonSource
from runtime.registry import Registry

SOURCES: Registry[PersonSource] = Registry(
    "assignees",
    [
        Initiator(),
        Previous(),
        RoleMembers(),
        DepartmentHead(),
        Superior(),
        DivisionLeader(),
        CompanyHead(),
        UserField(),
        OneUser(),
        DepartmentMembers(),
        PostHolders(),
    ],
)

__all__ = ["SOURCES", "PersonSource"]
