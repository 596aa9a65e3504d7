"""`seeds/*.csv` and `demo/*.csv`: rows of a pack's tables as text, read and checked for their columns."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runtime.language.app import App
from runtime.language.lint.scope import known_paths, no_field
from runtime.language.lint.spot import Spot
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _

FOLDERS = ("seeds/", "demo/")
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file; a cell is text as written, "" where it is empty."""

    file: str
    #: Code of the table.
    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_rows(file: str, content: bytes) -> Rows:
    """Return the rows of `seeds/<table>.csv`: UTF-8, comma separated, one line of column codes first.

    :raises Problems: if it is no such file; a row is named by its line.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problems([Problem("not_utf8", f"{file} $", _("文件不是 UTF-8 编码"))]) from None
    lines: list[tuple[str, ...]] = []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for line in reader:
            if not line:
                continue
            if lines and len(line) != len(lines[0]):
                message = _("表头有 %(head)s 列，这一行有 %(count)s 列", head=len(lines[0]), count=len(line))
                raise Problems([Problem("csv", f"{file} $", message, line=reader.line_num)])
            if len(lines) > MOST_ROWS:
                message = _("超过 %(most)s 行", most=MOST_ROWS)
                raise Problems([Problem("too_many_rows", f"{file} $", message)])
            lines.append(tuple(line))
    except csv.Error:
        message = _("不是有效的 CSV")
        raise Problems([Problem("csv", f"{file} $", message, line=reader.line_num)]) from None
    if not lines:
        raise Problems([Problem("csv", f"{file} $", _("文件是空的，第一行应为字段代码"))])
    table = file.rpartition("/")[2].removesuffix(".csv")
    return Rows(file, table, lines[0], tuple(lines[1:]))


def check_rows(app: App, data: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is wrong with the seed and demo rows of a pack: files, tables and columns."""
    for file, content in data.items():
        if not file.startswith(FOLDERS):
            continue
        if not file.endswith(".csv") or file.count("/") != 1:
            yield Problem("unknown_file", f"{file} $", _("这里只放 <表代码>.csv"))
            continue
        try:
            rows = read_rows(file, content)
        except Problems as found:
            yield from found.problems
            continue
        yield from _columns(rows, app)


def _columns(rows: Rows, app: App) -> Iterator[Problem]:
    spot = Spot(f"{rows.file} $")
    table = app.entity(rows.table)
    if table is None or table.kind != "table":
        known = [one.code for one in app.entities if one.kind == "table"]
        spot.unknown(_("没有底表 %(name)s", name=rows.table), rows.table, known)
        yield from spot.found
        return
    for index, code in enumerate(rows.columns):
        field = table.field(code)
        if field is None:
            spot.at(index).unknown(no_field(table, code), code, known_paths(table))
        elif field.formula is not None:
            spot.at(index).problem("computed", _("%(code)s 由公式计算，不能写入", code=code))
        elif code in rows.columns[:index]:
            spot.at(index).problem("duplicate", _("列 %(code)s 重复", code=code))
    yield from spot.found
