"""Structured logs: every line is an event with facts, and no line carries a secret."""

import logging
import re
import sys
from collections.abc import Collection, Mapping
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

GONE = "[redacted]"

_SECRET_NAME = re.compile(
    r"token|secret|passw|authorization|cookie|signature|credential|api[-_]?key|jwt|^sig$|^pat$",
    re.IGNORECASE,
)
_IN_TEXT: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(authorization[\"']?\s*[:=]\s*[\"']?)[^\"'\r\n,}]+", re.IGNORECASE),
        rf"\1{GONE}",
    ),
    (re.compile(r"\b(bearer|basic|jwt)\s+[\w.~+/=-]{8,}", re.IGNORECASE), rf"\1 {GONE}"),
    (
        re.compile(
            r"\b((?:[\w-]*(?:token|secret|password|signature|api[-_]?key)|sig|jwt)"
            r"(?:=|%3D|[\"']?\s*:\s*[\"']?))[^&\s\"',}]+",
            re.IGNORECASE,
        ),
        rf"\1{GONE}",
    ),
    (re.compile(r"\bsha256=[0-9a-f]{16,}", re.IGNORECASE), f"sha256={GONE}"),
    (re.compile(r"\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*"), GONE),
    (re.compile(r"\bATATT[\w=-]{8,}"), GONE),
    (re.compile(r"://[^/\s:@]*:[^/\s@]+@"), f"://{GONE}@"),
)


def configure_logging(
    *,
    level: str = "INFO",
    as_json: bool = True,
    secrets: Collection[str] = (),
    stream: TextIO | None = None,
) -> None:
    """One way out for our events and for the libraries' lines; `secrets` never leave it."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                Redaction(secrets),
                _renderer(as_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _renderer(as_json: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )


class Redaction:
    """Takes secrets out of an event: by the name of the fact, by their look, by their value."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        parts = {part for one in secrets for part in re.split(r"[,\s]+", one) if len(part) >= 8}
        known = sorted({one for one in secrets if one} | parts, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {name: self._fact(name, value) for name, value in event.items()}

    def _fact(self, name: object, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(name, str) and name != "event" and _SECRET_NAME.search(name):
            return GONE
        return self._clean(value)

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, Mapping):
            return {self._text(f"{key}"): self._fact(key, one) for key, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(one) for one in value]
        if isinstance(value, bytes):
            return self._text(value.decode(errors="replace"))
        return self._text(f"{value}")

    def _text(self, text: str) -> str:
        if self._known is not None:
            text = self._known.sub(GONE, text)
        for pattern, instead in _IN_TEXT:
            text = pattern.sub(instead, text)
        return text
