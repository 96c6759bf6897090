"""How long to wait before the next attempt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Waits that double, with jitter, so that many senders do not come back at the same moment.

    Attributes
    ----------
    first_s, longest_s
        Seconds before the second attempt; at most.
    attempts
        After so many a message is given up, if the receiver takes others.
    off_after_s
        Seconds after which a webhook whose receiver takes nothing at all is switched off.
    """

    first_s: float = 1.0
    longest_s: float = 300.0
    attempts: int = 10
    off_after_s: float = 259_200.0

    def wait_s(self, failed: int, chance: float) -> float:
        """Return the seconds to wait after so many failed attempts; ``chance`` in [0, 1) takes off up to a half."""
        return float(min(self.longest_s, self.first_s * 2.0 ** min(failed - 1, 60))) * (1.0 - chance / 2)
