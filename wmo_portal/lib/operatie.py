"""One id per request or task, so that all lines it writes in the logs can be put together (veiligheid D4)."""

import uuid
from contextvars import ContextVar

# The middleware and the task base class set it.
operatie: ContextVar[uuid.UUID | None] = ContextVar("operatie", default=None)
