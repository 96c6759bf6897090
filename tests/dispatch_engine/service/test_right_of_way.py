import threading

from dispatch_engine.service.right_of_way import PAUSE_S, RightOfWay

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


def test_who_can_wait_does_so_until_nobody_has_decided_for_a_while() -> None:
    way = RightOfWay()
    with way.taken():
        gone_on = passed(way)
    assert not gone_on.wait(PAUSE_S / 5)
    assert gone_on.wait(LONG_S)


def test_where_commands_come_without_a_pause_who_can_wait_goes_on_at_last() -> None:
    way = RightOfWay()
    for _ in range(3):
        with way.taken():
            pass
        way.give_way(PAUSE_S / 10)


def test_a_turn_that_is_ended_is_had_by_the_next_one_and_can_be_begun_anew() -> None:
    way = RightOfWay()
    with way.turn() as turn:
        turn.end()
        assert turned(way).wait(LONG_S)
        turn.begin()
        assert not turned(way).wait(0.05)


def test_who_did_not_get_the_turn_in_time_does_not_wait_for_it_again() -> None:
    way = RightOfWay()
    with way.turn(), way.turn(0.01) as late:
        late.begin()
        late.end()
        assert not turned(way).wait(0.05)
