import threading

from dispatch_engine.service.right_of_way import RightOfWay

LONG_S = 60.0


def passed(way: RightOfWay) -> threading.Event:
    """Give way in another thread; the event is set when that has gone on."""
    gone_on = threading.Event()

    def wait() -> None:
        way.give_way(LONG_S)
        gone_on.set()

    threading.Thread(target=wait, daemon=True).start()
    return gone_on


def test_who_can_wait_goes_on_when_the_last_one_has_decided() -> None:
    way = RightOfWay()
    with way.taken():
        with way.taken():
            gone_on = passed(way)
        assert not gone_on.wait(0.05)
    assert gone_on.wait(LONG_S)


def test_while_nobody_decides_nobody_waits() -> None:
    way = RightOfWay()
    assert passed(way).wait(LONG_S)


def test_the_way_is_free_again_after_a_refusal() -> None:
    way = RightOfWay()
    try:
        with way.taken():
            raise ValueError("refused")
    except ValueError:
        assert passed(way).wait(LONG_S)


def test_nobody_waits_for_longer_than_that() -> None:
    way = RightOfWay()
    with way.taken():
        way.give_way(0.01)


def turned(way: RightOfWay, longest_s: float = LONG_S) -> threading.Event:
    """Take a turn in another thread; the event is set when it has come."""
    has_come = threading.Event()

    def take() -> None:
        with way.turn(longest_s):
            has_come.set()

    threading.Thread(target=take, daemon=True).start()
    return has_come


def test_one_after_the_other_has_a_turn() -> None:
    way = RightOfWay()
    with way.turn():
        has_come = turned(way)
        assert not has_come.wait(0.05)
    assert has_come.wait(LONG_S)


def test_whoever_takes_too_long_holds_nobody_up() -> None:
    way = RightOfWay()
    with way.turn():
        assert turned(way, 0.01).wait(LONG_S)
    with way.turn():
        assert not turned(way).wait(0.05)
