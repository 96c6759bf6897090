"""For tests of programs that use the engine: the log that needs no database and keeps the same contract."""

from dispatch_engine.event_log.memory import MemoryEventLog

__all__ = ["MemoryEventLog"]
