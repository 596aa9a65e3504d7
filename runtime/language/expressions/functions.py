"""All functions of the language, in the order the reference shows them."""

from runtime.language.expressions.choices import CHOICES
from runtime.language.expressions.date_functions import DATES
from runtime.language.expressions.function import registered
from runtime.language.expressions.numbers import NUMBERS
from runtime.language.expressions.row_functions import ROWS
from runtime.language.expressions.table_functions import TABLES
from runtime.language.expressions.texts import TEXTS

FUNCTIONS = registered(CHOICES, NUMBERS, ROWS, DATES, TEXTS, TABLES)
