"""The page of the flow designer: palette, outline, picture, and the panel of what is selected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.documents import standing
from builder.edits.place import value_at
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.flows.access import AccessTable, access_table
from builder.web.views.flows.edge import EdgePanel, edge_panel
from builder.web.views.flows.node import NodePanel, node_panel
from builder.web.views.flows.people import PeopleView, people_view
from builder.web.views.flows.subject import Subject
from runtime.language.graph import START
from runtime.language.speech import _
from runtime.nodes import NODES
from runtime.nodes.picture import LANE_HEIGHT, items, lanes
from runtime.web.flow_picture import flow_picture


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """Something that can be put into a flow."""

    kind: str
    name: str
    icon: str
    tone: str
    shape: str
    #: Keys to begin with, as JSON.
    values: str = "{}"


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One node in the outline."""

    id: str
    name: str
    icon: str
    note: str
    current: bool


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One lane; the lists are all lanes as a button makes them."""

    code: str
    name: str
    height: int
    without: list[Any]
    up: list[Any] | None
    down: list[Any] | None
    lower: list[Any]
    higher: list[Any]


@dataclass(frozen=True, slots=True)
class FlowPanel:
    """The flow itself."""

    name: str
    code: str
    note: str
    form: str
    #: Code and name.
    forms: tuple[tuple[str, str], ...]
    start_name: str
    who: PeopleView
    withdraw: str
    lanes: tuple[LaneRow, ...]
    #: All lanes with a new one.
    more: list[Any]


@dataclass(frozen=True, slots=True)
class FlowPage:
    """What is drawn anew after every edit."""

    graph: Mapping[str, Any]
    outline: tuple[OutlineItem, ...]
    flow: FlowPanel | None
    node: NodePanel | None
    edge: EdgePanel | None
    matrix: AccessTable | None


def palette() -> tuple[tuple[str, tuple[PaletteItem, ...]], ...]:
    """Return what the registry of node kinds has, in groups."""
    groups: dict[str, list[PaletteItem]] = {_("人工节点"): [], _("路由"): [], _("自动节点"): []}
    people, routing, automatic = groups.values()
    for word in NODES:
        if word.code == START:
            continue
        group = people if "assignees" in word.keys else automatic if "actions" in word.keys else routing
        group.append(
            PaletteItem(word.code, _(word.label), word.icon, "accent" if word.human else "ok", word.shape)
        )
        if "decide" in word.keys:
            group.append(
                PaletteItem(word.code, _("会签"), "users-group", "violet", word.shape, '{"decide": "all"}')
            )
    return tuple((name, tuple(members)) for name, members in groups.items() if members)


def flow_page(opened: OpenedDraft, file: str, view: Mapping[str, Any]) -> FlowPage:
    """Return the page for what is selected: `flow`, `node:<code>`, `edge:<from>><to>#<n>`, or several."""
    subject = Subject(opened.draft.documents, file)
    selected = str(view.get("selected") or "flow")
    node = edge = flow = None
    if selected.startswith("node:"):
        node = node_panel(subject, selected.removeprefix("node:"), tab=str(view.get("tab") or "work"))
    elif selected.startswith("edge:"):
        edge = edge_panel(subject, selected.removeprefix("edge:"))
    if node is None and edge is None:
        flow = _flow_panel(subject)
    graph = flow_picture(subject.flow, naming=subject.named)
    return FlowPage(
        graph={**graph, **_whole(subject)} if view.get("whole") else graph,
        outline=tuple(
            OutlineItem(
                f"node:{one['code']}",
                one["name"],
                one["icon"],
                _kind(one["kind"]),
                selected == f"node:{one['code']}",
            )
            for one in graph["nodes"]
        ),
        flow=flow,
        node=node,
        edge=edge,
        matrix=access_table(subject) if view.get("matrix") else None,
    )


def _whole(subject: Subject) -> dict[str, Any]:
    """Return nodes and edges as written, for a copy of them."""
    return {
        "documents": {str(one["code"]): one for one in subject.nodes if one["code"] != START},
        "sources": items(subject.flow, "edges"),
    }


def _flow_panel(subject: Subject) -> FlowPanel:
    flow = subject.flow
    forms = [
        (one.name, str(one.document.get("name") or one.name)) for one in standing(subject.documents, "form")
    ]
    now = str(flow.get("form") or "")
    if now not in [code for code, _name in forms]:
        forms.append((now, now))
    bands = [{"code": code, "name": name, "height": high} for code, name, high in lanes(flow)]
    return FlowPanel(
        name=str(flow.get("name") or ""),
        code=str(flow.get("code") or ""),
        note=str(flow.get("note") or ""),
        form=now,
        forms=tuple(forms),
        start_name=str(value_at(flow, ("start", "name"), default="") or ""),
        who=people_view(
            subject, value_at(flow, ("start", "who")), id="who", label=_("谁可以发起"), place=("start", "who")
        ),
        withdraw=str(flow.get("withdraw") or "untouched"),
        lanes=tuple(_lane(bands, at) for at in range(len(bands))),
        more=[
            *bands,
            {"code": _free(bands), "name": _("泳道 %(n)s", n=len(bands) + 1), "height": LANE_HEIGHT},
        ],
    )


def _lane(bands: list[dict[str, Any]], at: int) -> LaneRow:
    def grown(by: int) -> list[Any]:
        high = max(100, min(bands[at]["height"] + by, 2000))
        return [{**one, "height": high} if number == at else one for number, one in enumerate(bands)]

    def moved(to: int) -> list[Any] | None:
        if not 0 <= to < len(bands):
            return None
        rest = [*bands[:at], *bands[at + 1 :]]
        return [*rest[:to], bands[at], *rest[to:]]

    without = [one for number, one in enumerate(bands) if number != at]
    one = bands[at]
    return LaneRow(
        one["code"], one["name"], one["height"], without, moved(at - 1), moved(at + 1), grown(-40), grown(40)
    )


def _free(bands: list[dict[str, Any]]) -> str:
    taken = {one["code"] for one in bands}
    return next(one for number in range(1, 1000) if (one := f"lane_{number}") not in taken)


def _kind(kind: str) -> str:
    word = NODES.get(kind)
    return _(word.label) if word else kind
