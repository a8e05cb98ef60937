"""Reads: registered systems, and what passes between them and the cases."""

from suban.departments.queries.files import find_department_file
from suban.departments.queries.handled import get_handled_file, list_handled, list_in_question
from suban.departments.queries.standing import get_standing
from suban.departments.queries.systems import find_system, list_systems

__all__ = [
    "find_department_file",
    "find_system",
    "get_handled_file",
    "get_standing",
    "list_handled",
    "list_in_question",
    "list_systems",
]
