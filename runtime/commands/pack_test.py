"""`biaoliu pack test`."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import click

from runtime.commands.installation import told
from runtime.commands.pack_check import tell
from runtime.language.app import App, Walkthrough
from runtime.language.kept_speech import remembering
from runtime.packs.check import CheckedPack, check_packs
from runtime.packs.find import find_pack, packs_in, with_required
from runtime.packs.read import PackFiles
from runtime.running.context import Clock
from runtime.walkthroughs.extra import with_walkthroughs
from runtime.walkthroughs.play import play
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.story import Story
from runtime.walkthroughs.tell import as_json, lines
from runtime.walkthroughs.throwaway import SqliteFile

#: Where packs are found by their code.
PACKS = Path("packs")
#: Code that means every pack there.
ALL = "all"


@click.command()
@click.argument("name", metavar="PACK|all")
@click.option(
    "--tests",
    "extra",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="另外要演的走查文件；可多次给出。",
)
@click.option("--json", "json_", is_flag=True, help="以 JSON 输出，供程序读取。")
def test(name: str, extra: tuple[Path, ...], json_: bool) -> None:
    """在临时的演示组织里安装应用包及其依赖，把包中的走查一步步演一遍；有走查不通过时退出码为 1。

    PACK 是 ./packs 中的包代码，或文件夹、zip 的路径；all 为 ./packs 中的全部包。
    """
    if name == ALL and extra:
        raise click.UsageError("--tests 只能与一个包一起用")
    began = monotonic()
    with told(), remembering() if json_ else nullcontext():
        asked = packs_in(PACKS) if name == ALL else [find_pack(name, below=PACKS)]
        packs = _sound(check_packs(with_required(asked, below=PACKS)))
        stories: list[Story] = []
        for app, files in list(packs.values())[: len(asked)]:
            walkthroughs = (*app.walkthroughs, *_extra(app, files, extra, packs))
            stories += _played(app, walkthroughs, packs, quiet=json_)
    if json_:
        click.echo(json.dumps([as_json(story) for story in stories], ensure_ascii=False))
    else:
        _tell_sum(stories, seconds=monotonic() - began)
    if any(story.failed for story in stories):
        sys.exit(1)


#: App and files by code.
Packs = Mapping[str, tuple[App, PackFiles]]


def _sound(packs: Sequence[CheckedPack]) -> Packs:
    """Return the packs by code if none of them has a problem; else tell the problems and end."""
    for pack in packs:
        if pack.problems:
            tell(pack)
    if any(pack.problems for pack in packs):
        sys.exit(1)
    return {pack.app.code: (pack.app, pack.files) for pack in packs if pack.app}


def _extra(app: App, files: PackFiles, paths: Sequence[Path], packs: Packs) -> tuple[Walkthrough, ...]:
    if not paths:
        return ()
    others = {code: other for code, (other, _) in packs.items() if code != app.code}
    return with_walkthroughs(files, paths, others=others).walkthroughs


def _played(app: App, walkthroughs: Sequence[Walkthrough], packs: Packs, *, quiet: bool) -> Iterator[Story]:
    with TemporaryDirectory(prefix="biaoliu-") as place:
        folder = Path(place)
        stages = Stages(_company(app, packs), database=SqliteFile(folder), folder=folder)
        if not quiet:
            click.echo(f"{app.code} {app.manifest.name}")
        for walkthrough in walkthroughs:
            story = play(app, walkthrough, stages, now=Clock.now())
            if not quiet:
                _tell(story)
            yield story


def _company(app: App, packs: Packs) -> list[tuple[App, PackFiles]]:
    """Return the pack and those that it requires, directly or through others."""
    codes = [app.code]
    for code in codes:
        codes += [one for one in packs[code][0].manifest.requires if one not in codes]
    return [packs[code] for code in codes]


def _tell(story: Story) -> None:
    for line, wrong in lines(story):
        colour = "red" if wrong else "yellow" if story.skipped else "green"
        click.secho(f"  {line}", fg=colour if wrong or not line.startswith(" ") else None)


def _tell_sum(stories: Sequence[Story], *, seconds: float) -> None:
    failed = sum(story.failed for story in stories)
    skipped = sum(story.skipped is not None for story in stories)
    passed = len(stories) - failed - skipped
    click.echo(f"通过 {passed} 条，不通过 {failed} 条，跳过 {skipped} 条，用时 {seconds:.1f} 秒")
