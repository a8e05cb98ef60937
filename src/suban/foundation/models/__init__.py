"""Tables of the plumbing, a module per subject."""

from suban.foundation.models.keys import SubjectKey
from suban.foundation.models.outbox import Delivery, Schedule, WorkerHeartbeat

__all__ = ["Delivery", "Schedule", "SubjectKey", "WorkerHeartbeat"]
