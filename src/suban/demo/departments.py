"""The demo's department system: registered here, played by `suban.simulators department`."""

import os
from datetime import datetime
from typing import Final

from suban.demo.people import TRANSPORT_ORGAN
from suban.departments.services import register_system

DEPARTMENT_MATTER: Final = "11321102MB0JT00141400011800300001"
SYSTEM: Final = "jingkou-transport"
DEMO_SECRET: Final = "demo-department-secret"


def register_department_system(*, at: datetime) -> None:
    """Register it at the simulator's address, with the secret that the simulator has."""
    register_system(
        key=SYSTEM,
        name="京口区道路运输管理系统（演示）",
        organ=TRANSPORT_ORGAN,
        url="simulator:",
        secret=os.environ.get("SUBAN_DEPARTMENT_SECRET") or DEMO_SECRET,
        at=at,
    )
