"""What a flow says of its form's fields: who may fill them in, see them, must fill them in."""

from collections.abc import Mapping
from typing import Any

from builder.edits.documents import Documents, Standing, with_file
from builder.edits.place import with_value

#: Lists of codes at the start and at each node.
LISTS = ("edit", "hide", "require")


def unlisted(documents: Documents, flow: Standing, code: str) -> Documents:
    """Return the documents with a field (or sub-table) taken out of a flow's lists."""
    start, nodes = flow.document.get("start"), flow.document.get("nodes")
    changed: dict[str, Any] = dict(flow.document)
    if isinstance(start, Mapping):
        changed["start"] = _cut(start, code)
    if isinstance(nodes, list):
        changed["nodes"] = [_cut(one, code) if isinstance(one, Mapping) else one for one in nodes]
    if changed == flow.document:
        return documents
    return with_file(documents, flow.file, with_value(documents[flow.file], flow.place, changed))


def _cut(node: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    lists = {
        key: [one for one in node[key] if one != code and not str(one).startswith(f"{code}.")]
        for key in LISTS
        if isinstance(node.get(key), list)
    }
    return node if all(node[key] == one for key, one in lists.items()) else {**node, **lists}
