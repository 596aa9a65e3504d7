"""Posts of the organisation."""

from collections.abc import Mapping

from runtime.fields.organisation import Member, Named
from runtime.language.directory import Directory


class Post(Member):
    """A post."""

    code = "post"
    label = "岗位"
    icon = "briefcase"
    noun = "岗位"

    def listed(self, directory: Directory) -> Mapping[str, Named]:
        """The posts."""
        return directory.posts
