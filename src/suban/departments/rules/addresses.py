"""Where departments' systems may be."""

from typing import Final

SIMULATED: Final = "simulator:"
"""The address of a system that the demo plays beside the site, wherever that listens today."""
