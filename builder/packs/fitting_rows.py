"""Seed and demo rows brought in line with tables that have changed since they were written."""

import csv
from collections.abc import Mapping
from io import StringIO

from runtime.language.app import App
from runtime.language.kept_speech import in_a_row
from runtime.language.kept_speech import sentence as _l
from runtime.language.problem import Problems
from runtime.packs.rows import FOLDERS, read_rows


def fitting(app: App, data: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files without what the app has no place for any more, and what was left out, in words.

    The words are kept, and said to whoever reads them. Rows of a table that is gone go with it, a column goes
    with its field. What cannot be read as rows stays: the check says what is wrong with it.
    """
    kept: dict[str, bytes] = {}
    left_out: list[str] = []
    for file, content in data.items():
        if not file.startswith(FOLDERS):
            kept[file] = content
            continue
        found, gone = _file(app, file, content)
        if found is not None:
            kept[file] = found
        if gone:
            left_out.append(gone)
    return kept, tuple(left_out)


def _file(app: App, file: str, content: bytes) -> tuple[bytes | None, str]:
    try:
        rows = read_rows(file, content)
    except Problems:
        return content, ""
    table = app.entity(rows.table)
    if table is None or table.kind != "table":
        told = _l("%(file)s：底表 %(table)s 已不在，不再随包提供这些数据", file=file, table=rows.table)
        return None, told
    fields = {one.code: one for one in table.plain()}
    at = [
        number for number, code in enumerate(rows.columns) if code in fields and fields[code].formula is None
    ]
    if len(at) == len(rows.columns):
        return content, ""
    gone = [code for number, code in enumerate(rows.columns) if number not in at]
    if not at:
        return None, _l("%(file)s：没有可以写入的列，不再随包提供", file=file)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([line[number] for number in at] for line in (rows.columns, *rows.rows))
    told = _l("%(file)s：去掉列 %(columns)s", file=file, columns=in_a_row("、", gone))
    return text.getvalue().encode(), told
