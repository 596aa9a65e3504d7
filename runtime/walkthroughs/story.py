"""A walk-through as it was played."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one step (or of `given`, or of the end): a line of the story, and what was wrong."""

    line: str
    wrong: tuple[str, ...] = ()


@dataclass(slots=True)
class Story:
    """One walk-through as it was played, up to the first step that went wrong."""

    app: str
    name: str
    told: list[Told] = field(default_factory=list)
    #: Why it was not played; None: it was.
    skipped: str | None = None

    @property
    def failed(self) -> bool:
        """Whether something did not go as written."""
        return any(one.wrong for one in self.told)
