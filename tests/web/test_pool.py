"""The pool: failures of tasks and processes."""

import asyncio
import signal

import pytest

from pochade.errors import TooLargeError
from pochade.web.pool import Disconnected, NotHeld, Pool, QueueFull
from pochade.web.process import TaskTimeout, WorkerDied
from pochade.web.settings import MIB, Settings

pytestmark = pytest.mark.flaky(reruns=2)  # real clocks, on a machine that may be busy


def in_pool(play, **settings):
    """The result of a coroutine function that gets a running pool."""

    async def run():
        outcomes: list[str] = []
        pool = Pool(Settings(**{"workers": 1, "seconds": 200, **settings}), outcomes.append)
        await pool.start()
        try:
            return await play(pool, outcomes)
        finally:
            await pool.close()
            assert all(not worker.process.is_alive() for worker in pool._all)

    return asyncio.run(asyncio.wait_for(run(), 300))


def test_a_late_task_ends_its_process_and_another_takes_its_place(tasks) -> None:
    async def play(pool, outcomes):
        first = (await pool.run(tasks.pid, None, {})).content
        with pytest.raises(TaskTimeout):
            await pool.run(tasks.sleep, None, {"seconds": 30})
        second = (await pool.run(tasks.pid, None, {})).content
        assert first != second
        assert outcomes == ["done", "late", "done"]

    in_pool(play, seconds=2)


def test_the_death_of_a_process_affects_no_other_task(tasks) -> None:
    async def play(pool, outcomes):
        waits = asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.5}))
        with pytest.raises(WorkerDied) as caught:
            await pool.run(tasks.die, None, {"signal": signal.SIGKILL})
        assert caught.value.status == -signal.SIGKILL
        assert (await waits).content == b"slept"
        assert (await pool.run(tasks.say, None, {"text": "still here"})).content == b"still here"

    in_pool(play, workers=2)


def test_memory_is_bounded(tasks) -> None:
    async def play(pool, outcomes):
        assert (await pool.run(tasks.hoard, None, {"mib": 50})).content == str(50 * MIB).encode()
        with pytest.raises(TooLargeError, match="more memory"):
            await pool.run(tasks.hoard, None, {"mib": 5000})
        with pytest.raises(TooLargeError, match="more memory"):  # the stacks of the threads
            await pool.run(tasks.crowd, None, {"threads": 500})
        assert (await pool.run(tasks.pid, None, {})).content
        assert outcomes == ["done", "refused", "refused", "done"]

    in_pool(play, memory=600 * MIB)


def test_a_full_queue_turns_away_at_once(tasks) -> None:
    async def play(pool, outcomes):
        jobs = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.3})) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await pool.run(tasks.pid, None, {})
        assert not any(job.done() for job in jobs)
        await asyncio.gather(*jobs)
        assert (await pool.run(tasks.pid, None, {})).content
        assert outcomes == ["full", "done", "done", "done", "done"]

    in_pool(play, queue=2)


def test_a_task_without_a_waiting_client_is_skipped(tasks) -> None:
    async def play(pool, outcomes):
        async def gone() -> bool:
            return True

        with pytest.raises(Disconnected):
            await pool.run(tasks.sleep, None, {"seconds": 20}, gone=gone)
        assert (await pool.run(tasks.pid, None, {})).content
        assert outcomes == ["gone", "done"]

    in_pool(play)


def test_a_caller_may_be_cancelled(tasks) -> None:
    async def play(pool, outcomes):
        jobs = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.3})) for _ in range(3)]
        await asyncio.sleep(0.05)
        for job in jobs:
            job.cancel()
        assert (await pool.run(tasks.say, None, {"text": "next"})).content == b"next"
        assert pool.waiting == 0

    in_pool(play)


def test_a_caller_may_be_cancelled_during_the_disconnect_check(tasks) -> None:
    async def play(pool, outcomes):
        job = asyncio.ensure_future(pool.run(tasks.pid, None, {}, gone=lambda: asyncio.sleep(30)))
        await asyncio.sleep(0.05)
        job.cancel()
        assert (await pool.run(tasks.say, None, {"text": "next"})).content == b"next"

    in_pool(play)


def test_an_unpicklable_task_affects_no_other_task(tasks) -> None:
    async def play(pool, outcomes):
        with pytest.raises(RuntimeError, match="pickle"):
            await pool.run(tasks.say, None, {"text": lambda: None})
        assert (await pool.run(tasks.say, None, {"text": "next"})).content == b"next"
        assert outcomes == ["defect", "done"]

    in_pool(play)


def test_a_defect_affects_no_other_task(tasks) -> None:
    async def play(pool, outcomes):
        with pytest.raises(RuntimeError, match="a defect"):
            await pool.run(tasks.err, None, {})
        assert (await pool.run(tasks.pid, None, {})).content
        assert outcomes == ["defect", "done"]

    in_pool(play)


def test_a_picture_is_sent_once_to_a_process_that_caches_it(tasks) -> None:
    async def play(pool, outcomes):
        data = b"x" * 1_000_000
        assert (await pool.run(tasks.length, "a", {}, data)).content == b"1000000"
        assert (await pool.run(tasks.length, "a", {}, None)).content == b"1000000"
        for i in range(20):  # more than its cache holds
            await pool.run(tasks.length, f"b{i}", {}, b"y")
        assert (await pool.run(tasks.length, "a", {}, data)).content == b"1000000"

    in_pool(play)


def test_a_task_has_all_the_pictures_that_it_needs_together(tasks) -> None:
    async def play(pool, outcomes):
        many = {f"m{i}": bytes([i]) * 9 for i in range(12)}  # more than its cache holds
        for _ in range(2):
            answer = await pool.run(tasks.lengths, "m0", {"digests": [*many]}, many["m0"], others=many)
            assert answer.content == b"9 " * 12
            for i in range(10):  # each drops one of them from the cache
                await pool.run(tasks.length, f"b{i}", {}, b"y")
        assert (await pool.run(tasks.lengths, None, {"digests": ["m3"]}, others={"m3": b"xyz"})).content == b"3 "

    in_pool(play)


def test_deleted_pictures_are_dropped_by_all_processes(tasks) -> None:
    async def play(pool, outcomes):
        jobs = [pool.run(tasks.length, "a", {}, b"xyz") for _ in range(2)]
        await asyncio.gather(*jobs)
        pool.forget({"a"})
        stored = await asyncio.gather(*(pool.run(tasks.holds, None, {"other": "a"}) for _ in range(2)))
        assert [done.content for done in stored] == [b"False", b"False"]
        assert (await pool.run(tasks.length, "a", {}, b"xyz")).content == b"3"

    in_pool(play, workers=2)


def test_a_picture_deleted_while_its_task_waits_is_dropped_after_it(tasks) -> None:
    async def play(pool, outcomes):
        first = asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.2}))
        await asyncio.sleep(0)
        waits = asyncio.ensure_future(pool.run(tasks.length, "a", {}, b"xyz"))
        await asyncio.sleep(0)
        pool.forget({"a"})
        await first
        assert (await waits).content == b"3"
        assert (await pool.run(tasks.holds, None, {"other": "a"})).content == b"False"

    in_pool(play)


def test_a_process_is_replaced_after_a_number_of_tasks_and_works_until_then(tasks) -> None:
    async def play(pool, outcomes):
        first = (await pool.run(tasks.pid, None, {})).content
        second = (await pool.run(tasks.pid, None, {})).content
        assert first == second
        before = {worker.process for worker in pool._all}
        while (await pool.run(tasks.pid, None, {})).content == first:
            await asyncio.sleep(0.01)
        assert len(pool.pids) == 1
        assert not before & {worker.process for worker in pool._all}
        while pool._jobs:
            await asyncio.wait(pool._jobs)
        assert not any(process.is_alive() for process in before)
        assert set(outcomes) == {"done"}

    in_pool(play, worker_tasks=2)


def test_a_process_that_dies_while_another_starts_in_its_place_is_replaced_once(tasks) -> None:
    async def play(pool, outcomes):
        await pool.run(tasks.pid, None, {})
        with pytest.raises(WorkerDied):
            await pool.run(tasks.die, None, {"signal": signal.SIGKILL})
        assert (await pool.run(tasks.say, None, {"text": "next"})).content == b"next"
        assert len(pool.pids) <= 2  # a third task has the next one replaced
        while pool._jobs:
            await asyncio.wait(pool._jobs)
        assert len(pool.pids) == 1

    in_pool(play, worker_tasks=1)


def test_processes_are_not_replaced_if_the_number_is_0(tasks) -> None:
    async def play(pool, outcomes):
        pids = {(await pool.run(tasks.pid, None, {})).content for _ in range(5)}
        assert len(pids) == 1
        assert not any(worker.leaving for worker in pool._all)

    in_pool(play, worker_tasks=0)


def test_a_busy_process_ends_after_its_task_when_it_is_replaced(tasks) -> None:
    async def play(pool, outcomes):
        await pool.run(tasks.pid, None, {})
        busy = asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 5}))
        assert (await pool.run(tasks.say, None, {"text": "the other"})).content == b"the other"
        assert (await busy).content == b"slept"
        while pool._jobs:
            await asyncio.wait(pool._jobs)
        assert len(pool.pids) == len(pool._idle) == 1

    in_pool(play, worker_tasks=1)


def test_a_picture_that_a_task_names_is_looked_up_when_the_task_starts(tasks) -> None:
    held = {"a": b"xyz"}

    async def play():
        pool = Pool(Settings(workers=1, seconds=200), find=held.get)
        await pool.start()
        try:
            first = asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.2}))
            waits = asyncio.ensure_future(pool.run(tasks.length, "a", {}))
            late = asyncio.ensure_future(pool.run(tasks.length, "b", {}))
            await asyncio.sleep(0)
            held["b"] = b"late"
            await first
            assert [(await one).content for one in (waits, late)] == [b"3", b"4"]
            held.clear()
            with pytest.raises(NotHeld):
                await pool.run(tasks.length, "c", {})
            assert (await pool.run(tasks.pid, None, {})).content
        finally:
            await pool.close()

    asyncio.run(asyncio.wait_for(play(), 300))


def test_clients_take_turns(tasks) -> None:
    async def play(pool, outcomes):
        ended: list[str] = []

        async def run(name: str) -> None:
            await pool.run(tasks.sleep, None, {"seconds": 0.02}, client=name[0])
            ended.append(name)

        jobs = [asyncio.ensure_future(run(name)) for name in ("a1", "a2", "a3", "a4", "b1", "b2", "c1")]
        await asyncio.gather(*jobs)
        assert ended == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]
        assert pool.waiting == 0

    in_pool(play)


def test_a_client_has_a_share_of_the_queue(tasks) -> None:
    async def play(pool, outcomes):
        jobs = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.3}, client="a")) for _ in range(3)]
        await asyncio.sleep(0)
        assert pool.full_for("a")
        with pytest.raises(QueueFull):
            await pool.run(tasks.pid, None, {}, client="a")
        assert not pool.full_for("b")
        assert (await pool.run(tasks.pid, None, {}, client="b")).content
        await asyncio.gather(*jobs)
        assert not pool.full_for("a")

    in_pool(play, queue=4, share=0.5)


def test_the_last_process_stays_free_for_others_while_several_clients_are_active(tasks) -> None:
    async def play(pool, outcomes):
        both = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.2}, client="a")) for _ in range(2)]
        await asyncio.sleep(0)
        assert pool.waiting == 0  # nobody else is there
        await asyncio.gather(*both)
        await pool.run(tasks.pid, None, {}, client="b")
        jobs = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": s}, client="a")) for s in (5, 0, 0)]
        await asyncio.sleep(0)
        assert pool.waiting == 2
        await pool.run(tasks.pid, None, {}, client="b")
        assert pool.waiting == 2  # the other client did not wait
        await asyncio.gather(*jobs)

    in_pool(play, workers=2)


def test_a_waiting_caller_of_a_client_may_be_cancelled(tasks) -> None:
    async def play(pool, outcomes):
        jobs = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": 0.2}, client="a")) for _ in range(4)]
        await asyncio.sleep(0.05)
        for job in jobs[1:]:
            job.cancel()
        await asyncio.wait(jobs)
        assert not pool.full_for("a")
        assert pool.waiting == 0
        assert (await pool.run(tasks.pid, None, {}, client="a")).content

    in_pool(play, queue=6)


def test_a_client_that_left_a_process_to_others_starts_there_when_its_own_ends(tasks) -> None:
    async def play(pool, outcomes):
        await pool.run(tasks.pid, None, {}, client="b")
        both = [asyncio.ensure_future(pool.run(tasks.sleep, None, {"seconds": s}, client="a")) for s in (5, 0)]
        assert [(await one).content for one in both] == [b"slept", b"slept"]  # with no task of others in between
        assert pool.waiting == 0

    in_pool(play, worker_tasks=1)
