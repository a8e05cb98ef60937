"""Tables of the plumbing, a module per subject."""

from suban.foundation.models.calendar import CalendarDay, CalendarVersion
from suban.foundation.models.evidence import AccessLogEntry, Checkpoint, Event
from suban.foundation.models.files import File
from suban.foundation.models.keys import SubjectKey
from suban.foundation.models.numbering import Counter
from suban.foundation.models.outbox import Delivery, Schedule, WorkerHeartbeat
from suban.foundation.models.search import SearchDocument

__all__ = [
    "AccessLogEntry",
    "CalendarDay",
    "CalendarVersion",
    "Checkpoint",
    "Counter",
    "Delivery",
    "Event",
    "File",
    "Schedule",
    "SearchDocument",
    "SubjectKey",
    "WorkerHeartbeat",
]
