"""`biaoliu`: the commands, each imported only when it is called, so that every one starts quickly."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from runtime.wings import entries

#: Module and attribute of every command, by its words. Another package adds its own through the entry-point
#: group `biaoliu.commands`: each entry names a mapping like this one.
COMMANDS: Mapping[str, str] = {
    "init": "runtime.commands.init:init",
    "serve": "runtime.commands.serve:serve",
    "worker": "runtime.commands.worker:worker",
    "drain": "runtime.commands.worker:drain",
    "tidy": "runtime.commands.tidy:tidy",
    "bench": "runtime.commands.bench:bench",
    "pack check": "runtime.commands.pack_check:check",
    "pack format": "runtime.commands.pack_check:format_",
    "pack install": "runtime.commands.pack_install:install",
    "pack list": "runtime.commands.pack_install:list_",
    "pack test": "runtime.commands.pack_test:test",
}

#: What a word is for that only stands before others.
GROUPS: Mapping[str, str] = {"pack": "检查、安装、测试、导出应用包。"}


class Lazy(click.Group):
    """A group whose commands are found by their words when they are needed."""

    def __init__(self, words: tuple[str, ...] = (), **settings: Any) -> None:
        super().__init__(**settings)
        self.words = words

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the words that may follow."""
        del ctx
        return sorted({path.split()[len(self.words)] for path in self._below()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command or group behind a word, or None."""
        del ctx
        words = (*self.words, cmd_name)
        below = self._below()
        if target := below.get(" ".join(words)):
            return _loaded(target)
        if any(path.startswith(" ".join(words) + " ") for path in below):
            return Lazy(words, name=cmd_name, help=GROUPS.get(" ".join(words)))
        return None

    def _below(self) -> dict[str, str]:
        start = "".join(f"{word} " for word in self.words)
        return {path: target for path, target in _all_commands().items() if path.startswith(start)}


def _all_commands() -> dict[str, str]:
    found = dict(COMMANDS)
    for entry in entries("biaoliu.commands"):
        found |= entry.load()
    return found


def _loaded(target: str) -> click.Command:
    module, _, attribute = target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)
    return command


main = Lazy(
    name="biaoliu",
    help="表流：以数据设计表单、表格与审批流程，并运行它们。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
