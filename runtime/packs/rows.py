"""`seeds/*.csv` and `demo/*.csv`: rows of a pack's tables as text, read and checked for their columns."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runtime.language.app import App
from runtime.language.lint.scope import known_paths
from runtime.language.lint.spot import Spot
from runtime.language.problem import Problem, Problems

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
        raise Problems([Problem("not_utf8", f"{file} $", "文件不是 UTF-8 编码")]) from None
    lines: list[tuple[str, ...]] = []
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        for line in reader:
            if not line:
                continue
            if lines and len(line) != len(lines[0]):
                message = f"表头有 {len(lines[0])} 列，这一行有 {len(line)} 列"
                raise Problems([Problem("csv", f"{file} $", message, line=reader.line_num)])
            if len(lines) > MOST_ROWS:
                raise Problems([Problem("too_many_rows", f"{file} $", f"超过 {MOST_ROWS} 行")])
            lines.append(tuple(line))
    except csv.Error:
        raise Problems([Problem("csv", f"{file} $", "不是有效的 CSV", line=reader.line_num)]) from None
    if not lines:
        raise Problems([Problem("csv", f"{file} $", "文件是空的，第一行应为字段代码")])
    table = file.rpartition("/")[2].removesuffix(".csv")
    return Rows(file, table, lines[0], tuple(lines[1:]))


def check_rows(app: App, data: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what is wrong with the seed and demo rows of a pack: files, tables and columns."""
    for file, content in data.items():
        if not file.startswith(FOLDERS):
            continue
        if not file.endswith(".csv") or file.count("/") != 1:
            yield Problem("unknown_file", f"{file} $", "这里只放 <表代码>.csv")
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
        spot.unknown("底表", rows.table, [one.code for one in app.entities if one.kind == "table"])
        yield from spot.found
        return
    for index, code in enumerate(rows.columns):
        field = table.field(code)
        if field is None:
            spot.at(index).unknown(f"“{table.name}”的字段", code, known_paths(table))
        elif field.formula is not None:
            spot.at(index).problem("computed", f"{code} 由公式计算，不能写入")
        elif code in rows.columns[:index]:
            spot.at(index).problem("duplicate", f"列 {code} 重复")
    yield from spot.found
