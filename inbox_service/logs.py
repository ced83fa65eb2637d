"""Logs: one JSON object a line on stderr, ours and those of the libraries alike.

What is bound with `structlog.contextvars` (request, site, mailbox) stands in every line. Bodies of
mails and requests are never logged; no line may carry a secret.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.types import Processor

# Libraries that say on level "info" what matters to their own authors only.
_TALKATIVE = ("rq.worker", "rq.queue", "alembic", "googleapiclient", "urllib3", "werkzeug")


def configure(level: str, process: str = "", stream: TextIO | None = None) -> None:
    """Send every log line of this process to `stream` (default: stderr).

    `level` is INBOX_LOG_LEVEL; `process` names the process in each line where several share one
    stream. Calling it again replaces what was configured.
    """
    shared = _shared_processors(process)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(_number(level)),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(default=str),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(_number(level))
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, _number(level)))


def _shared_processors(process: str) -> list[Processor]:
    def name_process(
        _logger: Any, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        if process:
            event["process"] = process
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_process,
        structlog.processors.format_exc_info,
    ]


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]
