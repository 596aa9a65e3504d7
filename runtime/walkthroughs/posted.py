"""What the page would post for a step."""

from collections.abc import Mapping, Sequence
from typing import Any

from runtime.fields.lookup import ref_column
from runtime.records.compiled import CompiledEntity, CompiledSubTable
from runtime.records.rights import NO_RIGHTS, visible_values
from runtime.records.show import dumped_values
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.uploads import Uploader, uploaded


def posted(
    scene: Scene,
    step: Mapping[str, Any],
    entity: CompiledEntity,
    before: Mapping[str, Any],
    uploader: Uploader,
) -> dict[str, Any]:
    """Return `data` and `files` as posted: rows laid over those `before` by position, files uploaded.

    :raises WrongScript: if the pack has no such fixture.
    :raises Refused: if a field does not take the file.
    """
    data = {**(step.get("data") or {}), **(step.get("files") or {})}
    found = uploaded(scene, entity, data, by=uploader)
    shown = dumped_values(entity, visible_values(entity, before, rights=NO_RIGHTS))
    for code, subtable in entity.subtables.items():
        if isinstance(found.get(code), Sequence):
            found[code] = _merged(subtable, shown[code], found[code])
    return found


def _merged(
    subtable: CompiledSubTable, before: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return rows with `given` laid over them by position; a shorter list leaves the rest."""
    rows = [dict(row) for row in before] + [{} for _ in given[len(before) :]]
    lookups = {
        one.code: ref_column(one.field) for one in subtable.columns.values() if one.field.type == "lookup"
    }
    for row, over in zip(rows, given, strict=False):
        for code in over:
            # Another key means another row; the page would post that row's id.
            row.pop(lookups.get(code, ""), None)
        row.update(over)
    return rows
