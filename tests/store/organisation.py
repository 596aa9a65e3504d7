"""A small organisation for tests."""

from __future__ import annotations

from typing import Any

ORGANISATION: dict[str, Any] = {
    "companies": [
        {"code": "hq", "name": "总部", "head": "boss"},
        {"code": "east", "name": "东区", "parent": "hq"},
    ],
    "departments": [
        {"code": "sales", "name": "销售部", "company": "hq", "head": "lead"},
        {"code": "north", "name": "北区", "company": "hq", "parent": "sales", "head": "nora"},
        {"code": "legal", "name": "法务部", "company": "east", "head": "lara", "division_leader": "boss"},
    ],
    "posts": [{"code": "clerk", "name": "职员"}],
    "people": [
        {"code": "boss", "name": "总经理", "company": "hq"},
        {"code": "lead", "name": "销售总监", "department": "sales"},
        {"code": "nora", "name": "北区经理", "department": "north", "superior": "lead"},
        {"code": "sam", "name": "销售甲", "department": "north", "post": "clerk", "login": "sam.s"},
        {"code": "lara", "name": "法务", "department": "legal", "emp_no": "E7"},
        {"code": "root", "name": "管理员", "company": "hq"},
    ],
    "roles": [
        {"code": "sales_rep", "name": "销售代表", "members": ["sam", "nora"]},
        {"code": "sales_director", "name": "销售总监", "members": ["lead"]},
        {"code": "legal", "name": "法务", "members": ["lara"]},
        {"code": "system_admin", "name": "系统管理员", "members": ["root"]},
    ],
}
