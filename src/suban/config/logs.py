"""The log: event names with fixed keys, one JSON object a line; readable lines in demo mode.

No personal data and no interpolated sentences: what a person did stands in the evidence, not here.
"""

import sys
from typing import Any

import structlog


def configure_logs(*, console: bool) -> None:
    """Set up structlog for this process."""
    structlog.configure(
        processors=[*_common(), structlog.processors.format_exc_info, _renderer(console=console)],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def django_logging(*, console: bool) -> dict[str, Any]:
    """Return Django's own logging in the same shape: what nobody caught is told with its traceback."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _renderer(console=console),
        ],
        "foreign_pre_chain": _common(),
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structlog": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structlog"}},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Every 404 is a warning to Django; people mistype addresses all day.
            "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        },
    }


def _common() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _renderer(*, console: bool) -> Any:
    if console:
        return structlog.dev.ConsoleRenderer(colors=False)
    return structlog.processors.JSONRenderer(ensure_ascii=False)
