import threading
import time

from dispatch_engine.service.first_come import FirstComeLock

LONG_S = 60.0


def waiting(lock: FirstComeLock, name: str, came: list[str]) -> threading.Thread:
    """Have a thread wait for the lock, and return once it does."""

    def wait() -> None:
        assert lock.acquire(LONG_S)
        came.append(name)
        lock.release()

    before = len(lock._waiting)
    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    while len(lock._waiting) == before:
        time.sleep(0.001)
    return thread


def test_who_has_waited_the_longest_is_next() -> None:
    lock, came = FirstComeLock(), list[str]()
    assert lock.acquire(LONG_S)
    threads = [waiting(lock, name, came) for name in ("first", "second", "third")]
    lock.release()
    for thread in threads:
        thread.join(LONG_S)
    assert came == ["first", "second", "third"]


def test_who_lets_go_and_asks_again_waits_behind_the_others() -> None:
    lock, came = FirstComeLock(), list[str]()
    assert lock.acquire(LONG_S)
    waiting(lock, "other", came)
    lock.release()
    assert lock.acquire(LONG_S)
    assert came == ["other"]


def test_who_gives_up_is_not_waited_for() -> None:
    lock = FirstComeLock()
    assert lock.acquire(LONG_S)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0.01)
