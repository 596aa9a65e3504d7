"""Roles of the organisation."""

from collections.abc import Mapping

from runtime.fields.organisation import Member, Named
from runtime.language.directory import Directory


class Role(Member):
    """A role."""

    code = "role"
    label = "角色"
    icon = "users"
    noun = "角色"

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """The roles."""
        return directory.roles
