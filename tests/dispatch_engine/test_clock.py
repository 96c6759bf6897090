from datetime import UTC

from dispatch_engine.clock import Stopwatch, now_at


def test_now_is_in_utc_and_whole_seconds() -> None:
    assert (now_at().tzinfo, now_at().microsecond) == (UTC, 0)


def test_a_stopwatch_only_runs_forward() -> None:
    watch = Stopwatch()
    first = watch.elapsed_s
    assert 0 <= first <= watch.elapsed_s
