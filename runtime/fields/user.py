"""People of the organisation."""

from collections.abc import Mapping

from runtime.fields.organisation import Member, Named
from runtime.language.directory import Directory


class User(Member):
    """A person."""

    code = "user"
    label = "人员"
    icon = "user"
    noun = "人员"

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """The people."""
        return directory.people
