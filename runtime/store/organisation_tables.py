"""Fixed tables of the organisation. Codes are permanent; names and log-ins may change.

References between people and departments are codes without foreign keys: a head may be entered before the
person is, and `store/organisation.py` checks the whole. Every write raises `org_revision`.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, true

from runtime.store.metadata import fixed, identity

company = fixed(
    "company",
    identity(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("parent", Text),
    Column("head", Text),
    Column("position", Integer, nullable=False, server_default="0"),
)

department = fixed(
    "department",
    identity(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("parent", Text),
    Column("head", Text),
    Column("division_leader", Text),
    Column("position", Integer, nullable=False, server_default="0"),
)

post = fixed(
    "post",
    identity(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

person = fixed(
    "person",
    identity(),
    Column("code", Text, nullable=False, unique=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    #: argon2; NULL cannot log in with a password.
    Column("password_hash", Text),
    Column("department", Text),
    Column("company", Text),
    Column("post", Text),
    Column("job_level", Text),
    Column("superior", Text),
    Column("successor", Text),
    Column("emp_no", Text),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("locale", Text),
)

role = fixed(
    "role",
    identity(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

role_member = fixed(
    "role_member",
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("role_id", "person_id"),
)

#: One row, read at the start of every action: what a process has cached of this number is still true.
org_revision = fixed(
    "org_revision",
    #: Of the organisation.
    Column("number", Integer, primary_key=True, autoincrement=False),
    #: Of the tables of entities; publishing raises it.
    Column("schema_number", Integer, nullable=False, server_default="1"),
)
