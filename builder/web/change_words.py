"""What differs between two states of an app, in sentences."""

from collections.abc import Iterable, Mapping

from builder.compare.change import Change, Detail
from builder.edits.documents import part_named
from builder.usecases.open_publication import Counts
from builder.web.views.publication import ChangeCard, ChangeGroup, ChangeLine
from runtime.fields import FIELDS
from runtime.language.parts import PARTS
from runtime.language.speech import _, listed
from runtime.web.views.common import Tag, Tone

#: Lines of one object that are shown; more are counted.
_MOST_LINES = 60


def change_groups(found: Iterable[Change], counts: Counts | None = None) -> tuple[ChangeGroup, ...]:
    """Return the changes by kind of object; `counts` says what they mean for rows that are there."""
    known = tuple(found)
    groups = []
    for part in PARTS:
        cards = tuple(_card(one, counts or {}) for one in known if one.kind == part.kind)
        if cards:
            groups.append(ChangeGroup(_(part.label), cards))
    return tuple(groups)


def _card(one: Change, counts: Counts) -> ChangeCard:
    tags: dict[str, tuple[str, Tone]] = {
        "added": (_("新增"), "ok"),
        "removed": (_("删除"), "bad"),
        "renamed": (_("改名"), "accent"),
        "changed": (_("修改"), "accent"),
    }
    lines = [_line(one, detail, counts) for detail in one.details]
    if one.do == "renamed":
        lines.insert(0, ChangeLine(_("原名“%(name)s”", name=one.before)))
    if one.do == "removed" and one.kind in ("form", "table"):
        rows = counts.get((one.code, "", "removed"), 0)
        lines.append(ChangeLine(_("已有 %(n)s 条记录保留在库中", n=rows), "warn" if rows else ""))
    more = max(len(lines) - _MOST_LINES, 0)
    code = one.code if part_named(one.kind).name and one.code != one.name else ""
    return ChangeCard(one.name, code, Tag(*tags[one.do]), tuple(lines[:_MOST_LINES]), more)


def _line(change: Change, one: Detail, counts: Counts) -> ChangeLine:
    rows = counts.get((change.code, one.code, one.do))
    if one.part in ("field", "rows"):
        return _field(one, rows)
    if one.part == "value":
        return _value(one, rows)
    if one.part == "property":
        return ChangeLine(_("修改%(what)s", what=_key(one.code)))
    words = {
        "added": _("新增%(what)s“%(name)s”"),
        "removed": _("删除%(what)s“%(name)s”"),
        "renamed": _("%(what)s“%(before)s”改名为“%(name)s”"),
        "changed": _("%(what)s“%(name)s”：修改%(keys)s"),
    }
    what = {"node": _("节点"), "edge": _("连线"), "line": ""}[one.part]
    given = {"what": what, "name": one.label, "before": one.before, "keys": _keys(one.after)}
    return ChangeLine(words.get(one.do, words["changed"]) % given)


def _field(one: Detail, rows: int | None) -> ChangeLine:
    name, n = one.label, rows or 0
    what = _("重复表") if one.part == "rows" else _("字段")
    match one.do:
        case "added":
            kind = "" if one.part == "rows" else _("（%(name)s）", name=_type(one.after))
            return ChangeLine(_("新增%(what)s“%(name)s”%(kind)s", what=what, name=name, kind=kind))
        case "removed":
            told = _("删除%(what)s“%(name)s”", what=what, name=name)
            return _with_rows(told, rows, _("%(n)s 条已有数据保留，旧记录中仍可查看", n=n))
        case "retyped":
            told = _("“%(name)s”由%(was)s改为%(now)s", name=name, was=_type(one.before), now=_type(one.after))
            kept = _("转换 %(n)s 条已有的值；转换不了的会列出，原值保留", n=n) if n else _("没有数据")
            return ChangeLine(_("%(kind)s：%(name)s", kind=told, name=kept), "warn" if n else "")
        case "required":
            told = _("“%(name)s”改为必填", name=name)
            empty = _("%(n)s 条已有数据为空，下次修改时须补填", n=n)
            return ChangeLine(
                _("%(kind)s：%(name)s", kind=told, name=empty) if n else told, "warn" if n else ""
            )
        case "unique":
            told = _("“%(name)s”改为不可重复", name=name)
            twice = _("现有 %(n)s 个值重复，须先处理", n=n)
            return ChangeLine(
                _("%(kind)s：%(name)s", kind=told, name=twice) if n else told, "bad" if n else ""
            )
        case "renamed":
            return ChangeLine(_("“%(was)s”改名为“%(name)s”", was=one.before, name=name))
        case "changed":
            return ChangeLine(_("“%(name)s”：修改%(keys)s", name=name, keys=_keys(one.after)))
    words = {
        "optional": _("“%(name)s”改为选填"),
        "common": _("“%(name)s”允许重复"),
        "hidden": _("隐藏“%(name)s”"),
        "shown": _("显示“%(name)s”"),
    }
    return ChangeLine(words[one.do] % {"name": name})


def _with_rows(told: str, rows: int | None, kept: str) -> ChangeLine:
    """Return what happened, and what it means for rows; nothing of rows where nobody has counted them."""
    if rows is None:
        return ChangeLine(told)
    return (
        ChangeLine(_("%(kind)s：%(name)s", kind=told, name=kept), "warn")
        if rows
        else ChangeLine(_("%(told)s：没有数据", told=told))
    )


def _value(one: Detail, rows: int | None) -> ChangeLine:
    n, name = rows or 0, one.code
    if one.label != one.code:
        name = _("%(what)s（%(name)s）", what=one.label, name=one.code)
    if one.do == "removed":
        return _with_rows(
            _("删除“%(name)s”", name=name), rows, _("有 %(n)s 条数据正在使用，将显示为编码", n=n)
        )
    words = {
        "added": _("新增“%(name)s”"),
        "renamed": _("“%(before)s”改名为“%(name)s”"),
        "hidden": _("停用“%(name)s”"),
        "shown": _("启用“%(name)s”"),
        "changed": _("“%(name)s”：修改%(keys)s"),
    }
    return ChangeLine(words[one.do] % {"name": name, "before": one.before, "keys": _keys(one.after)})


def _type(code: str) -> str:
    found = FIELDS.get(code)
    return _(found.label) if found else code


def _keys(joined: str) -> str:
    return listed(_key(one) for one in joined.split("、"))


def _key(code: str) -> str:
    return _names().get(code, f" {code} ")


def _names() -> Mapping[str, str]:
    return {
        "layout": _("布局"),
        "views": _("列表视图"),
        "validations": _("校验"),
        "validate": _("校验"),
        "title": _("标题"),
        "name": _("名称"),
        "note": _("备注"),
        "help": _("说明"),
        "default": _("默认值"),
        "formula": _("公式"),
        "visible_if": _("显示条件"),
        "required_if": _("必填条件"),
        "readonly_if": _("只读条件"),
        "readonly": _("只读"),
        "min": _("最小值"),
        "max": _("最大值"),
        "precision": _("小数位数"),
        "multiple": _("多选"),
        "options": _("选项"),
        "columns": _("列"),
        "key": _("主键"),
        "fill": _("带出"),
        "filter": _("筛选"),
        "from": _("来源"),
        "width": _("宽度"),
        "dict": _("字典"),
        "assignees": _("处理人"),
        "edit": _("可填字段"),
        "hide": _("隐藏字段"),
        "require": _("必填字段"),
        "opinion": _("意见"),
        "decide": _("表决方式"),
        "when": _("条件"),
        "who": _("人员"),
        "order": _("顺序"),
        "version": _("版本号"),
        "slots": _("对应的组织"),
        "requires": _("依赖的应用"),
        "changelog": _("更新内容"),
        "steps": _("步骤"),
        "expect": _("预期"),
        "set": _("写入"),
    }
