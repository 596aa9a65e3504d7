"""What expressions ask of the world besides rows of tables: the organisation, dictionaries, the moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from runtime.fields.field_type import Reading
from runtime.language.directory import Directory, Person


@dataclass(frozen=True)
class Surroundings:
    """The `ExpressionPorts` of one request but for its reads of tables, which the store adds.

    One organisation, one moment and one person: whatever is computed in the request agrees about them.
    """

    reading: Reading
    #: Aware; the "now" of everything computed in the request.
    moment: datetime
    #: Workdays from the first day to the last, both included.
    calendar: Callable[[date, date], int]
    initiator: str | None = None
    current_user: str | None = None

    @property
    def zone(self) -> tzinfo:
        """The installation's time zone."""
        return self.reading.zone

    def today(self) -> date:
        """Return the day of the moment, in the installation's zone."""
        return self.moment.astimezone(self.zone).date()

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def person(self, code: str) -> Mapping[str, Any] | None:
        """Return what is known of somebody, by the names of `names.PERSON`; None for nobody."""
        found = self.reading.directory.person(code)
        return _known(found, self.reading.directory) if found else None

    def label(self, *, dictionary: str, value: str) -> str:
        """Return the label of a dictionary's value, the value itself if it is not listed."""
        return self.reading.labels(dictionary).get(value, value)

    def name(self, *, kind: str, code: str) -> str:
        """Return the name of a user, department, company, post or role, the code itself if unknown."""
        directory = self.reading.directory
        listed: Mapping[str, Mapping[str, Any]] = {
            "user": directory.people,
            "department": directory.departments,
            "company": directory.companies,
            "post": directory.posts,
            "role": directory.roles,
        }
        found = listed[kind].get(code)
        return found.name if found else code

    def workdays(self, first: date, last: date) -> int:
        """Return the number of workdays from `first` to `last`, both included."""
        return self.calendar(first, last)


def _known(person: Person, directory: Directory) -> Mapping[str, Any]:
    return {
        "department": person.department,
        "company": person.company,
        "post": person.post,
        "job_level": person.job_level,
        "superior": directory.superior_of(person.code),
        "emp_no": person.emp_no,
        "full_name": person.name,
        "is_dept_head": any(one.head == person.code for one in directory.departments.values()),
    }
