"""The builder's commands, hung into `biaoliu` through the entry-point group `biaoliu.commands`."""

from collections.abc import Mapping

#: Module and attribute of every command, by its words; imported when it is called.
commands: Mapping[str, str] = {"pack export": "builder.commands.export:export"}
