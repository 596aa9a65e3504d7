"""Companies of the organisation."""

from collections.abc import Mapping

from runtime.fields.organisation import Member, Named
from runtime.language.directory import Directory


class Company(Member):
    """A company of the group."""

    code = "company"
    label = "公司"
    icon = "building"
    noun = "公司"

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """The companies."""
        return directory.companies
