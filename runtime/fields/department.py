"""Departments of the organisation."""

from collections.abc import Mapping

from runtime.fields.organisation import Member, Named
from runtime.language.directory import Directory


class Department(Member):
    """A department."""

    code = "department"
    label = "部门"
    icon = "users-group"
    noun = "部门"

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """The departments."""
        return directory.departments
