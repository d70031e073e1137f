"""This machine, with a process for each processor."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pochade.batch.batch import processors
from pochade.collection.engines import engines
from pochade.collection.work import Report, ShardWork, Step
from pochade.option import Within


@engines.register("local")
def local(
    work: ShardWork, shards: Sequence[str], *, step: Step, jobs: Annotated[int | None, Within(1)] = None
) -> Iterator[Report]:
    """This machine, with a process for each processor.

    jobs : the number of processes; by default one for each processor.
    """
    with work.crew(jobs or processors()) as crew:
        for shard in shards:
            yield work.run(shard, crew, step)
