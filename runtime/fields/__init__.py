"""The field types, one small module each. A new one: its module, one line here, its tests, its template."""

from runtime.fields.address import Address
from runtime.fields.attachment import Attachment
from runtime.fields.boolean import Boolean
from runtime.fields.cascade import Cascade
from runtime.fields.checkbox import Checkbox
from runtime.fields.company import Company
from runtime.fields.date import Date
from runtime.fields.datetime import DateTime
from runtime.fields.decimal import DecimalNumber
from runtime.fields.department import Department
from runtime.fields.email import Email
from runtime.fields.field_type import FieldType
from runtime.fields.idcard import IdCard
from runtime.fields.image import Image
from runtime.fields.integer import Integer
from runtime.fields.lookup import Lookup
from runtime.fields.money import Money
from runtime.fields.money_upper import MoneyUpper
from runtime.fields.month import Month
from runtime.fields.opinion import Opinion
from runtime.fields.percent import Percent
from runtime.fields.phone import Phone
from runtime.fields.post import Post
from runtime.fields.radio import Radio
from runtime.fields.rating import Rating
from runtime.fields.role import Role
from runtime.fields.select import Select
from runtime.fields.serial import Serial
from runtime.fields.text import Text
from runtime.fields.textarea import Textarea
from runtime.fields.time import Time
from runtime.fields.url import Url
from runtime.fields.user import User
from runtime.fields.year import Year
from runtime.registry import Registry

#: In the order of the designer's palette.
FIELDS: Registry[FieldType] = Registry(
    "字段类型",
    (
        Text(), Textarea(),
        Integer(), DecimalNumber(), Money(), MoneyUpper(), Percent(),
        Boolean(), Select(), Radio(), Checkbox(), Cascade(),
        Date(), DateTime(), Time(), Month(), Year(),
        User(), Department(), Post(), Company(), Role(),
        Phone(), Email(), IdCard(), Url(), Address(),
        Attachment(), Image(),
        Lookup(), Serial(), Rating(), Opinion(),
    ),
)  # fmt: skip
