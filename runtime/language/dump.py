"""An app to files and documents, always in the same way; and the hash of its meaning."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from runtime.language.app import App
from runtime.language.load import load_documents
from runtime.language.parts import PARTS
from runtime.language.schemas.document import shared
from runtime.language.vocabulary import Vocabulary
from runtime.language.yaml_dump import dump_yaml
from runtime.language.yaml_text import NUMBER_MARK

#: An exact number as `to_json` writes it.
_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def documents_of(app: App) -> dict[str, Any]:
    """Return the app's documents (plain values) by file, files in the order of a pack."""
    found: dict[str, Any] = {}
    for part in PARTS:
        schema = shared(part.schema)
        by_file: dict[str, list[Any]] = {}
        for value in part.of(app):
            by_file.setdefault(part.file(app, value), []).append(schema.dump(value))
        for file, members in by_file.items():
            alone = part.shape == "one" or (part.shape == "either" and len(members) == 1)
            found[file] = members[0] if alone else members
    return found


def dump_app(app: App) -> dict[str, str]:
    """Return the app as canonical YAML by file; loaded and dumped again it is the same text."""
    return {file: dump_yaml(document) for file, document in documents_of(app).items()}


def app_to_json(app: App) -> str:
    """Return the app as one JSON text: the form a release is kept in, since it is read many times faster."""
    return to_json(documents_of(app))


def app_from_json(text: str, vocabulary: Vocabulary) -> App:
    """Return what `app_to_json` wrote.

    :raises Problems: if this version of the language does not read it any more.
    """
    return load_documents(from_json(text), vocabulary)


def to_json(document: Any) -> str:
    """Return a document (plain values) as JSON text; exact numbers stay exact."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=_kept)


def from_json(text: str) -> Any:
    """Return what `to_json` wrote."""
    return json.loads(text, object_hook=_exact)


def content_hash(app: App) -> str:
    """Return the hash (64 hex digits) of what the app means: the same however it is spread over files."""
    parts = {part.kind: [shared(part.schema).dump(one) for one in part.of(app)] for part in PARTS}
    named = {part.kind: sorted(parts[part.kind], key=to_json) for part in PARTS if part.name}
    return sha256(to_json(parts | named).encode()).hexdigest()


def _kept(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {NUMBER_MARK: format(value, "f")}
    raise TypeError(f"{value!r} cannot stand in a document")


def _exact(found: Mapping[str, Any]) -> Any:
    if len(found) != 1 or NUMBER_MARK not in found:
        return found
    text = found[NUMBER_MARK]
    # What older versions let in is no number, but must not keep the rest from being read.
    return Decimal(text) if isinstance(text, str) and _EXACT.fullmatch(text) else found
