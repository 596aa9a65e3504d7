"""What the sample pages' scripts are answered."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request, session

from runtime.language.problem import Problem
from runtime.language.refusal import Conflict, InvalidAnswers

TOTAL = {"text": "400,000.00", "raw": "400000"}

#: One transparent pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def calc() -> Any:
    asked = request.get_json()
    values = asked["values"]
    rows = values["products"]
    cells = {
        f"$.products[{n}].total": {"text": _times(one), "raw": _times(one)} for n, one in enumerate(rows)
    }
    fills = {}
    for path in asked["picked"]:
        if path.startswith("$.products"):
            cells[path.replace("].product", "].name")] = {"text": "选中的产品", "raw": "选中的产品"}
            fills[path.replace("].product", "].price")] = {"text": "1,250.00", "raw": "1250"}
    shown = values["pay"] == "draft"
    return jsonify(
        seq=asked["seq"],
        cells=cells
        | {"$.products.total": TOTAL, "$.amount_upper": {"text": f"{values['amount']} 元整", "raw": ""}},
        fills=fills,
        visible={"$.draft_days": shown},
        required={"$.draft_days": shown},
        messages=[],
    )


def _times(row: dict[str, Any]) -> str:
    return f"{float(row['qty'] or 0) * float(row['price'] or 0):,.2f}"


def act() -> Any:
    asked = request.get_json()
    values = asked.get("values", {})
    if values.get("why") == "太短":
        paths = (
            ("$.why", "“变更原因”至少 5 个字。"),
            ("$.products[1].qty", "第 2 行“数量”不能大于库存 8。"),
            ("$.products", "产品小计之和必须等于合同金额。"),
        )
        raise InvalidAnswers(Problem("wrong", path, message) for path, message in paths)
    if values.get("why") == "抢先":
        raise Conflict("handled", "已由 姚书白 处理。")
    session["asked"] = asked
    return {"redirect": "/sample/answer", "message": "已提交"}


def upload() -> Any:
    given = request.files["file"]
    if given.filename == "bad.pdf":
        raise InvalidAnswers([Problem("file_type", "$", "文件内容不是 PDF。")])
    return {
        "id": "new-file",
        "name": given.filename,
        "size": "1 KB",
        "url": "/files/new-file",
        "thumbnail": "",
    }, 201


def pick(name: str) -> Any:
    asked = request.get_json()
    numbers = range(1, 21) if asked["after"] is None else range(21, 26)
    rows = [
        {
            "key": f"{name[:1].upper()}-{n:03}",
            "ref": n,
            "text": f"{name[:1].upper()}-{n:03}",
            "cells": [f"{n:03}", f"名称 {n}", f"{n}00.00"],
        }
        for n in numbers
        if asked["q"] in f"名称 {n}"
    ]
    columns = [
        {"label": "编码", "figure": False},
        {"label": "名称", "figure": False},
        {"label": "标准价", "figure": True},
    ]
    return {
        "columns": columns,
        "rows": rows,
        "next": "20" if asked["after"] is None and not asked["q"] else None,
    }


def search(kind: str) -> Any:  # noqa: ARG001 - one answer for all kinds
    people = (
        ("u052", "易秋池", "华北一组甲小队"),
        ("u053", "常乐天", "华北一组甲小队"),
        ("u025", "姚书白", "法务部"),
    )
    q = request.args["q"]
    return {
        "items": [{"value": code, "label": name, "note": note} for code, name, note in people if q in name]
    }
