"""The log: event names with fixed keys, one JSON object a line; readable lines in demo mode.

No personal data and no interpolated sentences: what a person did stands in the evidence, not here.
"""

import sys
from typing import Any

import structlog


def configure_logs(*, console: bool) -> None:
    """Set up structlog for this process."""
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False) if console else _json_renderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _json_renderer() -> Any:
    return structlog.processors.JSONRenderer(ensure_ascii=False)
