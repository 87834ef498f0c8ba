"""Prepared questions: Django words each of them once, and from then on only the values travel.

Finding the words takes Django longer than PostgreSQL takes for the rows. It also sends every constant as a
parameter; then PostgreSQL cannot see that a partial index holds the answer, and plans the question anew each time.
Here constants stand in the words, so that the plan is made once a connection (docs/decisions/0069).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql

from heard.workspaces.models import Agent

if TYPE_CHECKING:
    from heard.postgres.base import DatabaseWrapper

R = TypeVar("R")


class Some(list[Any]):
    """Ids or texts that are sent as one value, for `many.among`: of hundreds that is quicker than one by one.

    It is the same as another one only if it is that very object, so that one can stand for any.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]
    __eq__ = object.__eq__


One = int | datetime | str | Some
Value = One | Sequence[int] | None

# What stands for a value while Django finds the words. No row has such an id, and nothing happens at such a time.
FIRST_ID: Final = 8_100_000_000_000_000_000
FIRST_TIME: Final = datetime(8100, 1, 1, tzinfo=UTC)
STRANGE_WORD: Final = "\ue0a5 stands for \ue0a5"
# More different ones would drive each other out of what the driver keeps prepared.
MOST_WORDINGS: Final = 64


class ValueLost(Exception):
    """The question does not send one of its values as it was given, so it cannot be prepared."""


@dataclass(frozen=True, eq=False)
class Wording:
    """The words, and for each parameter which value it is and how the driver is told its type."""

    words: str
    values: Sequence[tuple[int, Callable[[Any], Any]]]
    question: QuerySet[Any, Any]
    compiler: Any
    converters: Mapping[int, Any]

    def answer(self, given: Sequence[Any]) -> list[Any]:
        rows = fetched(self.words, self.parameters(given))
        if self.converters:
            rows = [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]
        return self.made_of(rows)

    def parameters(self, given: Sequence[Any]) -> list[Any]:
        return [typed(given[place]) for place, typed in self.values]

    def made_of(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        answered = _Answered(self, rows)
        return list(cast("Any", self.question)._iterable_class(answered))


@dataclass(frozen=True)
class Question:
    """A wording with its values."""

    wording: Wording
    given: tuple[Any, ...]


# Rows of what was asked ahead (heard/workspaces/ahead.py).
KNOWN: Final[ContextVar[Mapping[Question, Sequence[Sequence[Any]]]]] = ContextVar(
    "known", default=MappingProxyType({})
)


def fetched(words: str, values: Sequence[Any]) -> list[Any]:
    with cast("DatabaseWrapper", connection).cursor_of_known_words() as cursor:
        cursor.execute(words, values)
        return cast("list[Any]", cursor.fetchall())


def prepared(asked: Callable[..., QuerySet[Any, R]]) -> Prepared[R]:
    """Decorates a function that makes a query set.

    Called with `agent` and further values by keyword, which may be ids, times, texts, several ids, or None: each
    may only be compared with columns. What changes the words (a folder, a limit) is given by position. Of the agent
    a question may only use the ids; anything else raises.
    """
    return Prepared(asked)


class Prepared(Generic[R]):
    def __init__(self, asked: Callable[..., QuerySet[Any, R]]) -> None:
        self._asked = asked
        self._wordings: dict[Hashable, Wording | None] = {}

    def __call__(self, *shape: Hashable, agent: Agent | None = None, **values: Value) -> list[R]:
        asked = self.of(*shape, agent=agent, **values)
        if asked is None:
            return []
        rows = KNOWN.get().get(asked)
        return asked.wording.answer(asked.given) if rows is None else asked.wording.made_of(rows)

    def of(self, *shape: Hashable, agent: Agent | None = None, **values: Value) -> Question | None:
        """What a call would ask, to be asked ahead; None where Django knows that there is nothing."""
        values = {name: _filled_up(value) for name, value in values.items()}
        wording = self.wording(*shape, agent=agent, **values)
        return Question(wording, (*_ids(agent), *_flat(values.values()))) if wording else None

    def wording(self, *shape: Hashable, agent: Agent | None = None, **values: Value) -> Wording | None:
        """None where Django knows without asking that there is nothing."""
        key = (shape, agent is None, *((name, _form(value)) for name, value in values.items()))
        if key not in self._wordings:
            while len(self._wordings) >= MOST_WORDINGS:
                self._wordings.pop(next(iter(self._wordings)), None)
            self._wordings[key] = self._word(shape, agent, values)
        return self._wordings[key]

    def _word(
        self, shape: Sequence[Hashable], agent: Agent | None, values: Mapping[str, Value]
    ) -> Wording | None:
        stands_for: dict[Any, int] = {}
        anybody = {"agent": _anybody(stands_for)} if agent else {}
        named = {name: _stand_in(value, stands_for) for name, value in values.items()}
        question: QuerySet[Any, Any] = self._asked(*shape, **anybody, **named)
        compiler = question.query.get_compiler(using=question.db)
        try:
            words, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        return _wording(question, compiler, words, parameters, stands_for)


def _wording(
    question: QuerySet[Any, Any],
    compiler: Any,
    words: str,
    parameters: Iterable[Any],
    stands_for: Mapping[Any, int],
) -> Wording:
    texts: list[str] = []
    places: list[tuple[int, Callable[[Any], Any]]] = []
    for parameter in parameters:
        if isinstance(parameter, One) and parameter in stands_for:
            texts.append("%s")
            places.append((stands_for[parameter], _typed_like(parameter)))
        else:
            texts.append(sql.quote(parameter).replace("%", "%%"))
    # An agent is asked for by one of the two ids at least; whatever else is given must be asked for.
    lost = set(stands_for.values()) - {place for place, _typed in places}
    if lost - {0, 1} or {0, 1} <= lost:
        raise ValueLost(words)
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    template = words.replace("%%", "%%%%")  # a sign of its own is one for the driver too
    return Wording(template % tuple(texts), places, question, compiler, compiler.get_converters(fields))


def _typed_like(stand_in: One) -> Callable[[Any], Any]:
    """The driver tells kinds of whole numbers apart by their types, and has to be given a plain list."""
    if isinstance(stand_in, Some):
        return list
    return type(stand_in) if isinstance(stand_in, int) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _filled_up(value: Value) -> Value:
    """Of 9 ids 16, the last one again and again: they are only looked for, and any number has one of few forms."""
    if value is None or isinstance(value, One) or not value:
        return value
    return (*value, *[value[-1]] * ((1 << (len(value) - 1).bit_length()) - len(value)))


def _ids(agent: Agent | None) -> tuple[int, int]:
    return (agent.pk, agent.workspace_id) if agent else (0, 0)


def _anybody(stands_for: dict[Any, int]) -> Agent:
    """Loaded with nothing but its ids: whoever asks for more asks the database, and it knows nobody."""
    pk, workspace = FIRST_ID, FIRST_ID + 1
    stands_for |= {pk: 0, workspace: 1}
    return Agent.from_db("default", ["id", "workspace_id"], [pk, workspace])


def _flat(values: Iterable[Value]) -> Iterator[One]:
    for value in values:
        if isinstance(value, One):
            yield value
        elif value is not None:
            yield from value


def _form(value: Value) -> int | None:
    return None if value is None else 1 if isinstance(value, One) else -len(value)


def _stand_in(value: Value, stands_for: dict[Any, int]) -> Value:
    place = max((1, *stands_for.values())) + 1
    if value is None:
        return None
    if not isinstance(value, One):
        return tuple(cast("int", _stand_in(one, stands_for)) for one in value)
    stand_ins = {
        int: FIRST_ID + place,
        datetime: FIRST_TIME + timedelta(microseconds=place),
        str: f"{STRANGE_WORD} {place}",
        Some: Some([place]),
    }
    found = next(one for kind, one in stand_ins.items() if isinstance(value, kind))
    stands_for[found] = place
    return cast("One", found)


class _Answered:
    """Rows that came, in the place of the query set that they are for: Django makes of them what it would."""

    def __init__(self, wording: Wording, rows: Sequence[Any]) -> None:
        question = cast("Any", wording.question)
        self.db, self.model = question.db, question.model
        self._fields, self._known_related_objects = question._fields, question._known_related_objects
        self._compiler, self._rows = wording.compiler, rows
        self.query = self

    def get_compiler(self, using: str) -> _Answered:
        return self

    def execute_sql(self, **_: Any) -> None:
        pass

    def results_iter(self, results: None = None, **_: Any) -> Iterator[Any]:
        return iter(self._rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiler, name)
