"""What rules can do; one class per action, registered here in the designer's order."""

from runtime.actions.action import Action
from runtime.actions.reach import Notify, StartFlow
from runtime.actions.write import Create, Delete, Update
from runtime.registry import Registry

ACTIONS: Registry[Action] = Registry("actions", [Create(), Update(), Delete(), StartFlow(), Notify()])

__all__ = ["ACTIONS", "Action"]
