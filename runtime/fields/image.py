"""Pictures that go with a record."""

from runtime.fields.attachment import Attachment
from runtime.language.field import Field

#: What a browser shows; SVG is left out, since it can carry scripts.
PICTURES = ("jpg", "jpeg", "png", "gif", "webp")


class Image(Attachment):
    """Pictures by file id, shown in place."""

    code = "image"
    label = "图片"
    icon = "photo"
    wide = True

    def extensions(self, field: Field) -> tuple[str, ...]:
        """Pictures only, whatever the options say."""
        return tuple(one for one in super().extensions(field) or PICTURES if one in PICTURES)
