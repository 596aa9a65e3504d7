"""Our own scripts as the browser gets them: each module imports others by addresses that carry a version.

Nothing is bundled, so that a page loads some thirty modules. With a version in every address they are asked
for once and kept for good; the version is one of all that a module leads to, so that no change is missed.
"""

import hashlib
import posixpath
import re
from collections import deque
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

#: `from "./x.js"`, `import "./x.js"` and `import("./x.js")`.
_IMPORT = re.compile(r'(\bfrom\s*|\bimport\s*\(?\s*)"(\.{1,2}/[^"]+\.js)"')
_COMMENT = ("*", "/*", "//")


class Modules:
    """The modules below `js/` of a static folder, by their path in it."""

    def __init__(self, folder: Path) -> None:
        """Read them all."""
        self._texts = {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.glob("js/**/*.js"))
        }

    def __iter__(self) -> Iterator[str]:
        """Yield the paths."""
        return iter(self._texts)

    def version(self, path: str) -> str:
        """Return ten hex digits that change with the module and with everything that it leads to.

        :raises KeyError: if there is no such module.
        """
        return self._versions[path]

    def text(self, path: str) -> str | None:
        """Return the module with versions in its imports, None if there is no such module."""
        return self._served.get(path)

    def imported(self, path: str) -> tuple[str, ...]:
        """Return all modules that one leads to, nearest first."""
        found = dict.fromkeys((path,))
        waiting = deque((path,))
        while waiting:
            for one in self._imports[waiting.popleft()]:
                if one not in found:
                    found[one] = None
                    waiting.append(one)
        return tuple(found)[1:]

    @cached_property
    def _imports(self) -> Mapping[str, tuple[str, ...]]:
        return {path: tuple(self._named(path)) for path in self._texts}

    @cached_property
    def _versions(self) -> Mapping[str, str]:
        def version(path: str) -> str:
            texts = (self._texts[one] for one in sorted((path, *self.imported(path))))
            return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:10]

        return {path: version(path) for path in self._texts}

    @cached_property
    def _served(self) -> Mapping[str, str]:
        return {path: self._rewritten(path) for path in self._texts}

    def _named(self, path: str) -> Iterator[str]:
        for line in self._texts[path].split("\n"):
            if not line.lstrip().startswith(_COMMENT):
                for _word, target in _IMPORT.findall(line):
                    yield self._place(path, target)

    def _rewritten(self, path: str) -> str:
        def versioned(found: re.Match[str]) -> str:
            place = self._place(path, found[2])
            return f'{found[1]}"{found[2]}?v={self._versions[place]}"'

        lines = self._texts[path].split("\n")
        return "\n".join(
            line if line.lstrip().startswith(_COMMENT) else _IMPORT.sub(versioned, line) for line in lines
        )

    def _place(self, path: str, target: str) -> str:
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if place not in self._texts:
            raise KeyError(f"{path} imports {target}, which is not there")
        return place
