"""Files of a pack to an app, or to everything that is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from marshmallow import ValidationError

from runtime.language.app import App
from runtime.language.parts import MANIFEST, PARTS, Part, part_of
from runtime.language.place import Place, in_file, split_path
from runtime.language.problem import Problem, Problems
from runtime.language.schemas.document import reading_with, shared
from runtime.language.schemas.wrong import each_wrong, meant, shown
from runtime.language.speech import _, listed
from runtime.language.upgrades import SCHEMA, upgrade
from runtime.language.vocabulary import Vocabulary
from runtime.language.yaml_text import Document, read_yaml

#: Most definition files of one pack.
MOST_FILES = 2000
#: More than this helps nobody.
MOST_PROBLEMS = 500


def load_app(files: Mapping[str, str], vocabulary: Vocabulary) -> App:
    """Return the app that the YAML `files` (text by path inside the pack) define.

    References and expressions are not checked yet: that is `lint`.

    :raises Problems: with everything found in all files, each with its line; nothing is half loaded.
    """
    if len(files) > MOST_FILES:
        message = _("包中有 %(count)s 个文件，最多 %(most)s 个", count=len(files), most=MOST_FILES)
        raise Problems([Problem("too_many_files", "$", message)])
    loading = _Loading(vocabulary)
    documents = dict(loading.documents(files))
    app = loading.app(documents)
    if app is None or loading.problems:
        raise Problems(sorted(loading.problems, key=_by_place)[:MOST_PROBLEMS])
    return app


def load_documents(documents: Mapping[str, Any], vocabulary: Vocabulary) -> App:
    """Return the app of documents already read (plain values by file), as `documents_of` gives them.

    :raises Problems: as `load_app` does, without lines.
    """
    loading = _Loading(vocabulary)
    app = loading.app({file: Document(value) for file, value in documents.items()})
    if app is None or loading.problems:
        raise Problems(sorted(loading.problems, key=_by_place)[:MOST_PROBLEMS])
    return app


def document_problems(file: str, document: Any, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Return what the schema of one file's document says about it, without the rest of its pack."""
    loading = _Loading(vocabulary)
    loading.alone(file, Document(document))
    return tuple(loading.problems)


def _by_place(problem: Problem) -> tuple[str, int]:
    return (split_path(problem.path)[0], problem.line or 0)


@dataclass
class _Loading:
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)
    #: File by `kind/name`, as `App.files` has it.
    files: dict[str, str] = field(default_factory=dict)

    def documents(self, files: Mapping[str, str]) -> Iterator[tuple[str, Document]]:
        """Yield the documents of files that can be read."""
        for file in sorted(files):
            if part_of(file) is None:
                self._add("unknown_file", _unknown_file() + _near_folder(file), file, ())
                continue
            try:
                yield file, read_yaml(files[file])
            except Problems as found:
                self.problems += [replace(one, path=f"{file} {one.path}") for one in found.problems]

    def app(self, documents: Mapping[str, Document]) -> App | None:
        """Return the app, or None if something essential is missing."""
        if MANIFEST not in documents:
            if not any(split_path(one.path)[0] == MANIFEST for one in self.problems):
                self._add("missing", _("包中应有 %(file)s", file=MANIFEST), MANIFEST, ())
            self._load(documents)
            return None
        found = self._load(self._upgraded(documents))
        return App(**found, files=self.files) if not self.problems else None

    def alone(self, file: str, document: Document) -> None:
        """Read one file's document for its problems alone."""
        part = part_of(file)
        if part is None:
            self._add("unknown_file", _unknown_file(), file, ())
            return
        with reading_with(self.vocabulary):
            for _loaded in self._file(part, file, document):
                pass

    def _upgraded(self, documents: Mapping[str, Document]) -> Mapping[str, Document]:
        manifest = documents[MANIFEST].value
        schema = manifest.get("schema") if isinstance(manifest, dict) else None
        if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
            return documents  # its own schema will say so
        if schema > SCHEMA:
            message = _(
                "这个包按第 %(schema)s 版语言编写，本系统只认识到第 %(known)s 版，请升级系统",
                schema=schema,
                known=SCHEMA,
            )
            self._add("schema", message, MANIFEST, ("schema",), documents[MANIFEST])
            return documents
        values = upgrade({file: one.value for file, one in documents.items()}, schema=schema)
        return {
            file: Document(value, documents[file].lines if file in documents else {})
            for file, value in values.items()
        }

    def _load(self, documents: Mapping[str, Document]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        with reading_with(self.vocabulary):
            for part in PARTS:
                files = [file for file in sorted(documents) if part_of(file) is part]
                loaded = chain.from_iterable(self._file(part, file, documents[file]) for file in files)
                found[part.attribute] = (*found.get(part.attribute, ()), *loaded)
        found["manifest"] = next(iter(found["manifest"]), None)
        return found

    def _file(self, part: Part, file: str, document: Document) -> Iterator[Any]:
        for place, one in self._objects(part, file, document):
            try:
                if not isinstance(one, Mapping):
                    message = _("应为%(part)s的一组键值，实为%(found)s", part=_(part.label), found=shown(one))
                    self._add("wrong_type", message, file, place, document)
                    continue
                value = shared(part.schema).load(one)
            except ValidationError as error:
                for below, fault in each_wrong(error.messages):
                    self._add(fault.code, fault.message, file, place + below, document)
            else:
                self._register(part, value, file, place, document)
                yield value

    def _objects(self, part: Part, file: str, document: Document) -> Iterator[tuple[Place, Any]]:
        if isinstance(document.value, list) and part.shape != "one":
            yield from (((index,), one) for index, one in enumerate(document.value))
        elif document.value is None:
            self._add("empty", _("文件是空的"), file, (), document)
        elif isinstance(document.value, list):
            message = _("一个文件只写一份%(part)s，不能是列表", part=_(part.label))
            self._add("wrong_type", message, file, (), document)
        else:
            yield (), document.value

    def _register(self, part: Part, value: Any, file: str, place: Place, document: Document) -> None:
        if not part.place.endswith("/"):
            return
        name = part.name_of(value)
        # Forms and tables are both entities: one namespace.
        kinds = ("form", "table") if part.attribute == "entities" else (part.kind,)
        before = next((self.files[key] for kind in kinds if (key := f"{kind}/{name}") in self.files), None)
        if before is not None:
            message = _(
                "%(part)s %(name)s 在 %(file)s 中已经有了", part=_(part.label), name=name, file=before
            )
            self._add("duplicate", message, file, (*place, part.name), document)
        self.files[f"{part.kind}/{name}"] = file

    def _add(
        self, code: str, message: str, file: str, place: Place, document: Document | None = None
    ) -> None:
        line = document.line(place) if document else None
        self.problems.append(Problem(code, in_file(file, place), message, line=line))


def _unknown_file() -> str:
    folders = listed(part.place for part in PARTS)
    return _("包中没有这样的文件，定义应放在 %(folders)s", folders=folders)


def _near_folder(file: str) -> str:
    if file.endswith(".yml"):
        return _("；文件名请以 .yaml 结尾")
    folder = file.split("/", 1)[0]
    known = [part.place.rstrip("/") for part in PARTS]
    return meant(folder, known)
