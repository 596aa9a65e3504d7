"""A look-up in a property panel: where its rows come from, what is shown, what choosing one fills in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from builder.web.views.field_spot import Spot
from builder.web.views.inputs import Act, Change, Input, Pair, setting, setting_many
from builder.web.views.sources import Column, Source, source_of, sources, word, words
from runtime.language.speech import _


def lookup_inputs(spot: Spot) -> Iterator[Input]:
    """Yield where the rows come from, what is shown of them, and what choosing one fills in."""
    listed = sources(spot.opened)
    source = source_of(spot.opened, word(spot.field.get("from")), listed)
    yield spot.input("from", _("来源表"), "acts", acts=tuple(_froms(spot, listed, source)))
    if source is None:
        return
    columns = tuple(one.choice for one in source.columns)
    yield spot.input("key", _("显示的键"), "select", options=columns, empty=_("请选择"))
    shown = words(spot.field.get("columns"))
    yield spot.input("columns", _("选择窗口的列"), "ordered", value=shown, options=columns)
    if spot.subtable:
        yield spot.input("pick_rows", _("一次选多行"), "switch")
    scope = f"lookup:{spot.entity}.{spot.path}"
    yield spot.input("filter", _("筛选条件"), "expression", scope=scope, want="boolean")
    yield _fill(spot, source)


def _froms(spot: Spot, listed: tuple[Source, ...], source: Source | None) -> Iterator[Act]:
    given = word(spot.field.get("from"))
    if source is None:
        label = _("%(ref)s（没有这张表）", ref=given) if given else _("请选择")
        yield Act(label, setting(spot.at("from"), given or None), chosen=True)
    for one in listed:
        yield Act(one.label, _from(spot, one), one is source)


def _from(spot: Spot, source: Source) -> Change:
    """Return the edit that takes another source: what it has as well is kept, the filter goes."""
    paths = [one.path for one in source.columns]
    fill = spot.field.get("fill")
    kept = (
        {ours: theirs for ours, theirs in fill.items() if theirs in paths} if isinstance(fill, dict) else {}
    )
    key = next((one for one in source.key if one in paths), paths[0] if paths else None)
    shown = [one for one in words(spot.field.get("columns")) if one in paths]
    if not shown:
        shown = [*([key] if key else []), *(one for one in paths if one != key)][:3]
    values: dict[str, Any] = {"from": source.ref, "key": key, "columns": shown or None}
    return {**setting_many(spot.place), "values": {**values, "fill": kept or None, "filter": None}}


def _fill(spot: Spot, source: Source) -> Input:
    fill = _filled(spot)
    beside = {one.path: one for one in spot.beside()}
    pairs = tuple(
        Pair(ours, beside[ours].label if ours in beside else ours, spot.at("fill", ours), theirs)
        for ours, theirs in fill.items()
    )
    acts = tuple(
        Act(one.choice[1], _filling(spot, one, source, fill))
        for one in beside.values()
        if one.path not in fill and one.path != spot.field.get("code") and not one.computed
    )
    columns = tuple(one.choice for one in source.columns)
    return spot.input("fill", _("带出"), "pairs", options=columns, pairs=pairs, acts=acts)


def _filling(spot: Spot, ours: Column, source: Source, fill: Mapping[str, str]) -> Change:
    """Return the edit that fills a field: from the column of its name, its label, its type, or the first."""
    ways: tuple[Callable[[Column], bool], ...] = (
        lambda one: one.path == ours.path,
        lambda one: one.label == ours.label,
        lambda one: one.type == ours.type and one.path not in fill.values(),
    )
    near = (one.path for way in ways for one in source.columns if way(one))
    found = next(near, source.columns[0].path if source.columns else "")
    if fill:
        return setting(spot.at("fill", ours.path), found)
    return setting(spot.at("fill"), {ours.path: found})


def _filled(spot: Spot) -> dict[str, str]:
    """Return what is filled in: their column by our field."""
    found = spot.field.get("fill")
    return {str(ours): word(one) for ours, one in found.items()} if isinstance(found, Mapping) else {}
