"""Every edit that a page may post, by the word it posts."""

from collections.abc import Mapping

from builder.edits.access import AddEntry, AddSlot, Toggle
from builder.edits.anywhere import CopyItem, InsertItem, MoveItem, RemoveItem, SetValue, SetValues
from builder.edits.convert_field import ConvertField
from builder.edits.edit import Edit
from builder.edits.flows.access import Allow
from builder.edits.flows.edges import Connect, OrderEdge, SetEdge, SetReject
from builder.edits.flows.lanes import SetLanes
from builder.edits.flows.nodes import AddNode, LayOut, MoveNodes, RemoveNodes
from builder.edits.flows.paste import PasteNodes
from builder.edits.flows.rename import RenameNode
from builder.edits.form import AddColumn, AddField, CopyField, MoveField, RemoveField, ShiftField
from builder.edits.items import AddItem, PasteItems
from builder.edits.objects import AddObject, CopyObject, RemoveObject
from builder.edits.rename_field import RenameField
from builder.edits.rename_slot import RenameSlot
from builder.edits.rules.inside import RemoveColumn, SetAction, SetColumn, SetTrigger
from builder.edits.rules.tests import AddTest, CopyTest
from builder.edits.rules.whole import AddRule, CopyRule, RemoveFromFile, RenameRule
from builder.edits.sections import AddCheck, AddSection, MoveSection, NameSection, RemoveSection
from builder.edits.table import AddListed, AddView, CopyListed, RemoveListed, RenameView

ALL: tuple[type[Edit], ...] = (
    SetValue,
    SetValues,
    InsertItem,
    RemoveItem,
    MoveItem,
    CopyItem,
    AddObject,
    CopyObject,
    RemoveObject,
    AddField,
    AddColumn,
    MoveField,
    ShiftField,
    CopyField,
    RemoveField,
    AddSection,
    AddCheck,
    NameSection,
    MoveSection,
    RemoveSection,
    ConvertField,
    RenameField,
    AddListed,
    CopyListed,
    RemoveListed,
    AddView,
    RenameView,
    AddItem,
    PasteItems,
    AddEntry,
    Toggle,
    AddSlot,
    RenameSlot,
    AddRule,
    CopyRule,
    RemoveFromFile,
    RenameRule,
    SetTrigger,
    SetAction,
    SetColumn,
    RemoveColumn,
    AddTest,
    CopyTest,
    AddNode,
    MoveNodes,
    RemoveNodes,
    PasteNodes,
    LayOut,
    Connect,
    SetEdge,
    OrderEdge,
    SetReject,
    RenameNode,
    Allow,
    SetLanes,
)

KINDS: Mapping[str, type[Edit]] = {one.do: one for one in ALL}
