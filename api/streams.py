"""Following boards: every entry as a server-sent event, none left out, each text made once for all who listen."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from api.board_texts import own_part
from api.errors import RequestError
from api.news import News

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from api.board_texts import EntryTexts
    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.service.live_board import LiveBoard

T = TypeVar("T")

KEPT = 500
CHUNK = 200
BEAT = b": still here\n\n"


class Aside(Protocol):
    """Does work in another thread."""

    async def __call__(self, work: Callable[[], T]) -> T:
        """Return what the work returns."""


class Channel:
    """The latest entries of one board, for all streams of it in this process; lives in the event loop."""

    def __init__(self, board: LiveBoard) -> None:
        self.board = board
        self.listeners = 0
        self._base = board.feed.revision
        self._latest: deque[Entry] = deque()
        self._has_more = False
        """Whether something was appended since it was looked last."""
        self.news = News()
        """For whoever has seen all that there is; between looking and waiting nothing else runs."""

    async def run(self, aside: Aside, follow_s: float) -> None:
        """Take in what this process or another one appends, until cancelled."""
        loop, appended = asyncio.get_running_loop(), News()

        def wake() -> None:  # from any thread, also while the loop is closing
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._note, appended)

        end = self.board.feed.listen(wake)
        try:
            while True:
                if not self._has_more and not await appended.come(follow_s):
                    await aside(self.board.feed.look)
                self._has_more = False
                self._take(await self._new_entries(aside))
        finally:
            end()

    def after(self, revision: int) -> Sequence[Entry] | None:
        """Return the entries after a revision; None where they are not all at hand."""
        return None if revision < self._base else list(islice(self._latest, revision - self._base, None))

    def _note(self, appended: News) -> None:
        self._has_more = True
        appended.wake()

    async def _new_entries(self, aside: Aside) -> list[Entry]:
        last = self._base + len(self._latest)
        if self.board.feed.revision <= last:
            return []
        at_hand = self.board.feed.at_hand(last)
        return await aside(lambda: list(self.board.feed.after(last))) if at_hand is None else at_hand

    def _take(self, entries: Iterable[Entry]) -> None:
        before = len(self._latest)
        self._latest.extend(entries)
        while len(self._latest) > KEPT:
            self._latest.popleft()
            self._base += 1
            before -= 1
        if len(self._latest) != before:
            self.news.wake()


class Streams:
    """All streams of this process.

    Parameters
    ----------
    log
        Where entries are read that are not at hand.
    texts
        Writes entries.
    aside
        Does what takes a while.
    most
        So many streams may be open.
    follow_s
        So often boards that are followed are looked at for what other processes did.
    heartbeat_s
        After so long without news a stream says that it is alive.
    """

    def __init__(
        self, log: EventLog, texts: EntryTexts, aside: Aside, *, most: int, follow_s: float, heartbeat_s: float
    ) -> None:
        self._log, self._texts, self._aside = log, texts, aside
        self._most, self._follow_s, self._heartbeat_s = most, follow_s, heartbeat_s
        self._channels: dict[str, tuple[Channel, asyncio.Task[None]]] = {}
        self._is_stopping = False

    @property
    def open(self) -> int:
        """How many streams are open."""
        return sum(channel.listeners for channel, _ in self._channels.values())

    def stop(self) -> None:
        """End all streams, so that the server can stop; clients come back with the last id that they saw."""
        self._is_stopping = True
        for channel, _ in self._channels.values():
            channel.news.wake()

    def require_room(self) -> None:
        """Refuse another stream where there are as many as there may be.

        Raises
        ------
        RequestError
            They are too many.
        """
        if self.open >= self._most:
            raise RequestError("streams_full", self._most)

    async def follow(self, board: LiveBoard, after: int, technician: str | None) -> AsyncIterator[bytes]:
        """Yield the entries after a revision as server-sent events, in order and without a gap, for as long as asked.

        Parameters
        ----------
        board
            Which one.
        after
            A revision that the board has had.
        technician
            Only what concerns this one; None: everything.
        """
        channel = self._joined(board)
        try:
            yield _event(after, "board", b'{"revision":%d}' % after)
            while not self._is_stopping:
                entries = await self._entries(channel, after)
                if entries:
                    after = entries[-1].revision
                    if said := b"".join(self._said(entry, technician) for entry in entries):
                        yield said
                elif not await channel.news.come(self._heartbeat_s):
                    yield BEAT
        finally:
            self._left(channel)

    async def _entries(self, channel: Channel, after: int) -> Sequence[Entry]:
        at_hand = channel.after(after)
        if at_hand is not None:
            return at_hand
        return await self._aside(lambda: list(islice(self._log.read(channel.board.name, after), CHUNK)))

    def _said(self, entry: Entry, technician: str | None) -> bytes:
        text = self._texts.text(entry) if technician is None else own_part(entry, technician)
        return b"" if text is None else _event(entry.revision, "entry", text)

    def _joined(self, board: LiveBoard) -> Channel:
        if board.name not in self._channels:
            channel = Channel(board)
            task = asyncio.get_running_loop().create_task(channel.run(self._aside, self._follow_s))
            self._channels[board.name] = channel, task
        channel, _ = self._channels[board.name]
        channel.listeners += 1
        return channel

    def _left(self, channel: Channel) -> None:
        channel.listeners -= 1
        if not channel.listeners:
            _, task = self._channels.pop(channel.board.name)
            task.cancel()


def _event(revision: int, kind: str, text: bytes) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (revision, kind.encode(), text)
