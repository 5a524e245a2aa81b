"""The port `JobQueue` in a list."""

from dataclasses import dataclass, field

from connector.core.errors import Unavailable
from connector.core.events import Event


@dataclass
class FakeQueue:
    """`events` in the order they came; set `broken` for a database that is away."""

    events: list[Event] = field(default_factory=list)
    broken: bool = False

    def enqueue(self, event: Event) -> bool:
        if self.broken:
            raise Unavailable("database: told to be away")
        if any(known.identity == event.identity for known in self.events):
            return False
        self.events.append(event)
        return True
