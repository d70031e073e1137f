"""The work for one shard, which any engine can run, in any order, any number of times: the result is the same.

What an engine gets is a `ShardWork`, which can be pickled, and the names of shards:

    with work.crew(jobs) as crew:        # once for each worker of the engine
        for shard in shards:
            report = work.run(shard, crew)

The pictures are read by the crew, in processes of their own, so that one that kills its process becomes a row.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pochade.batch.batch import died
from pochade.batch.crew import Crew
from pochade.collection import parts as scaled
from pochade.collection.model import Each
from pochade.collection.picture import Answer, Row, Task, failure, state, work
from pochade.collection.plan import is_cut, read_plan
from pochade.collection.tables import (
    NARROW,
    PICTURES,
    by_id,
    file_of,
    key_of,
    read_parts,
    read_pictures,
    table_of,
    write_parts,
    write_pictures,
    write_sums,
)
from pochade.histograms.summed import Table, arrow, shard_names

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a shard.

    pictures : its rows. read : the pictures that were decoded, or failed. failed : the ids that were read and failed.
    """

    shard: str
    pictures: int
    read: int
    failed: tuple[str, ...]


@dataclass(frozen=True)
class ShardWork:
    """What a run does with each shard.

    folder : of the collection, as every worker reaches it. options : of extract(). key : of the collection's model.
    before, shards : the numbers of shards in the old layout and in this one. retry : try failed pictures again.
    """

    folder: str
    options: Mapping[str, Any]
    each: Each
    key: str
    before: int
    shards: int
    retry: bool = False

    def crew(self, jobs: int) -> Crew:
        """The processes that read pictures, a context manager."""
        return Crew(jobs, work, (dict(self.options), self.each))

    def run(self, shard: str, crew: Crew, step: Step = lambda: None) -> Report:
        """Read what is not current, and write the files of a shard. step : is called after each picture."""
        places = read_plan(self.folder, shard)
        old = self._rows(shard)
        known = self._parts(shard)
        kept: dict[str, tuple[str, int]] = {}  # the row of each id that stays: its file, and its number there
        facts: dict[str, tuple[Any, ...]] = {}
        tasks = []
        for name, table in old.items():
            for i, row in enumerate(zip(*(table.column(column).to_pylist() for column in NARROW), strict=True)):
                kept[row[0]], facts[row[0]] = (name, i), row
        for id, place in places.items():
            if id not in facts:
                tasks.append(Task(id, place))
                continue
            _, size, mtime, digest, error, _ = facts[id]
            same = not place or state(place) == (size, mtime)
            has_part = error is not None or (id, digest) in known
            if same and has_part and not (self.retry and error is not None):
                step()
                continue
            if place:
                tasks.append(Task(id, place, digest if has_part and error is None else None))
        answers = self._answers(tasks, crew, step)
        return self._write(shard, places, old, kept, facts, known, answers)

    def _rows(self, shard: str) -> dict[str, Any]:
        """The tables of pictures that may hold rows of a shard, by the name of theirs."""
        files = [(name, file_of(self.folder, PICTURES, name)) for name in self._sources(shard)]
        return {name: read_pictures(file) for name, file in files if os.path.exists(file) and not is_cut(file)}

    def _parts(self, shard: str) -> dict[tuple[str, bytes], bytes]:
        """The parts of pictures that may be of a shard, by id and digest."""
        known: dict[tuple[str, bytes], bytes] = {}
        for name in self._sources(shard):
            known |= read_parts(self.folder, name, self.key)
        return known

    def _sources(self, shard: str) -> list[str]:
        """The shards whose files may hold pictures of a shard: those of the old layout, and its own."""
        if self.before == self.shards:
            return [shard]
        first = shard_names(self.shards).index(shard) * self.before // self.shards
        return [*shard_names(self.before)[first : first + max(self.before // self.shards, 1)], shard]

    def _answers(self, tasks: list[Task], crew: Crew, step: Step) -> dict[str, Answer]:
        """The answers of the crew, by id."""
        answers: dict[str, Answer] = {}
        waiting = list(enumerate(tasks))[::-1]
        pending: dict[int, Task] = {}
        while waiting or pending:
            while waiting and crew.idle:
                number, task = waiting.pop()
                pending[number] = task
                crew.give(number, task)
            for number, answer in crew.collect():
                task = pending.pop(number)
                if isinstance(answer, int):
                    facts = state(task.place)
                    row = failure(task, facts, None, f"{task.id}: {died(answer)}")
                    answer = Answer(row, *facts)
                answers[task.id] = answer
                step()
        return answers

    def _write(
        self,
        shard: str,
        places: Mapping[str, str],
        old: Mapping[str, Any],
        kept: Mapping[str, tuple[str, int]],
        facts: Mapping[str, tuple[Any, ...]],
        known: Mapping[tuple[str, bytes], bytes],
        answers: Mapping[str, Answer],
    ) -> Report:
        """Write the files of a shard: its parts, their sum, and its rows last, for they say that it is done."""
        pa, _ = arrow()
        rows: list[Row] = []
        tables: list[Any] = []
        parts: list[tuple[str, bytes, bytes]] = []
        touched: dict[str, Answer] = {}  # the content is the same, but not the time of modification
        for id, answer in answers.items():
            if answer.row is None:
                touched[id] = answer
                continue
            row = answer.row
            if id in facts and facts[id][4] is not None and facts[id][3] == row.digest:
                row = replace(row, attempts=facts[id][5] + 1)
            rows.append(row)
            if answer.part is not None and row.digest is not None:
                parts.append((id, row.digest, answer.part))
        stay = [id for id in places if id in kept and (id not in answers or id in touched)]
        parts += [(id, facts[id][3], known[id, facts[id][3]]) for id in stay if (id, facts[id][3]) in known]
        for name, table in old.items():
            numbers = [kept[id][1] for id in stay if kept[id][0] == name]
            if numbers:
                tables.append(_touched(table.take(pa.array(numbers)), touched))
        whole = by_id([*tables, table_of(rows)])
        table = Table()
        for _, _, content in parts:
            part = scaled.from_bytes(content)
            if part is not None:
                part.add_to(table)
        key = key_of(whole, self.key)
        write_parts(self.folder, shard, sorted(parts), self.key)
        write_sums(self.folder, shard, table, key)
        write_pictures(self.folder, shard, whole, key)
        failed = tuple(sorted(row.id for row in rows if row.error is not None))
        return Report(shard, whole.num_rows, len(rows), failed)


def _touched(table: Any, answers: Mapping[str, Answer]) -> Any:
    """Rows with the new size and time of files whose content is the same."""
    if not answers:
        return table
    ids = table.column("id").to_pylist()
    for name, field in (("bytes", "size"), ("mtime_ns", "mtime_ns")):
        values = table.column(name).to_pylist()
        new = [getattr(answers[id], field) if id in answers else value for id, value in zip(ids, values, strict=True)]
        at = table.schema.get_field_index(name)
        table = table.set_column(at, table.schema.field(name), arrow()[0].array(new, table.schema.field(name).type))
    return table
