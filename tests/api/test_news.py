"""News wake all who wait for them, and whoever waits in vain goes on in time."""

import asyncio

from api.news import News

LONG_S = 30.0


async def waiting(news: News, count: int) -> list[asyncio.Task[bool]]:
    """Return tasks that wait for news."""
    tasks = [asyncio.create_task(news.come(LONG_S)) for _ in range(count)]
    await asyncio.sleep(0)
    return tasks


def test_news_wake_all_who_wait() -> None:
    async def woken() -> list[bool]:
        news = News()
        tasks = await waiting(news, 3)
        news.wake()
        return await asyncio.gather(*tasks)

    assert asyncio.run(woken()) == [True, True, True]


def test_news_are_not_for_those_who_come_after() -> None:
    async def late() -> bool:
        news = News()
        news.wake()
        return await news.come(0.001)

    assert asyncio.run(late()) is False


def test_who_is_called_off_is_forgotten() -> None:
    async def left() -> int:
        news = News()
        (task,) = await waiting(news, 1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        news.wake()
        return len(news._waiting)

    assert asyncio.run(left()) == 0
