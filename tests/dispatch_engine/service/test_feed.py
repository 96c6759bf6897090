"""A feed: listeners hear of every entry once, in order, whoever tells of it first."""

from dispatch_engine.event_log.entries import Draft, Entry, LoggedEvent
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.service.feed import Feed
from tests.dispatch_engine.board.histories import BEGIN

HAPPENED = (LoggedEvent("something", 1, {}),)


def log_with(n_entries: int) -> MemoryEventLog:
    log = MemoryEventLog()
    for revision in range(n_entries):
        log.append("north", revision, Draft(HAPPENED, BEGIN, "somebody"))
    return log


def revisions(entries: list[Entry] | None) -> list[int] | None:
    return None if entries is None else [each.revision for each in entries]


def test_entries_that_are_told_twice_are_heard_of_once() -> None:
    log, woken = log_with(3), list[int]()
    feed = Feed("north", log, 0)
    feed.listen(lambda: woken.append(feed.revision))
    first, second, third = log.read("north")
    feed.publish([first, second])
    feed.publish([second, third])
    feed.publish([first])
    assert woken == [2, 3]
    assert revisions(feed.at_hand(0)) == [1, 2, 3]


def test_where_entries_were_missed_the_log_tells_of_them() -> None:
    log = log_with(4)
    feed = Feed("north", log, 0)
    first, _, third, fourth = log.read("north")
    feed.publish([first])
    feed.publish([third])
    assert feed.at_hand(1) is None
    assert revisions(list(feed.after(1))) == [2, 3, 4]
    feed.publish([fourth])
    assert revisions(feed.at_hand(2)) == [3, 4]


def test_a_look_finds_what_other_processes_have_appended() -> None:
    log = log_with(3)
    feed = Feed("north", log, 1)
    feed.look()
    assert feed.revision == 3
    assert revisions(feed.at_hand(1)) == [2, 3]
