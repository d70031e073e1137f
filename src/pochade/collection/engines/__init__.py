"""The engines that run the shards of a collection: one file and one registration each.

An engine is a function of the work and of the names of shards; it yields the report of each shard when that is written.
It may run shards in any order, on any machine that reaches the collection's folder and the pictures, and repeatedly.
Its keyword-only parameters are its options, except `step`.
"""

from collections.abc import Callable, Iterator

from pochade.collection.work import Report, ShardWork
from pochade.registry import NoFacts, Registry

__all__ = ["Engine", "Report", "ShardWork", "engines"]

Engine = Callable[..., Iterator[Report]]
"""A function (work: ShardWork, shards: Sequence[str], *, step, **options) -> Iterator[Report].

step : a function to call after each picture, if the engine can tell; None if nobody asks.
"""

engines: Registry[Engine, NoFacts] = Registry("engine", "pochade.collection.engines", supplied=frozenset({"step"}))
