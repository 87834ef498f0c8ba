"""What people wrote under "something else": those who mean the same, by the words that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from heard.forms.kinds import WantedKind, add_kind
from heard.forms.models import Field, IssueKind, Submission
from heard.language.alike import counted, one_word_each, words_in
from heard.workspaces.models import Agent, Workspace

WITHIN: Final = timedelta(days=28)
FEWEST: Final = 3  # people, before it is worth a line in a list that everybody reads
MOST_TEXTS: Final = 1_000
MOST_GROUPS: Final = 20


class NotWrittenOften(Exception):
    """Nobody wrote that any more in these weeks, or somebody made it an issue meanwhile."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one person, and the submission that they stand in."""

    submission_id: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    """People who share a word. `word` is as the first of them wrote it, `key` as it is compared."""

    key: str
    word: str
    written: Sequence[Written]

    @property
    def count(self) -> int:
        return len(self.written)

    @property
    def language(self) -> str:
        """Of most of them."""
        return Counter(one.language for one in self.written).most_common(1)[0][0]


def others(workspace: Workspace, *, now: datetime) -> list[Group]:
    """The largest first. Each person is counted once, where the most others said the same."""
    left = _written(workspace, now=now)
    counts = counted(one.text for one in left)
    stands = one_word_each(counts)
    keys = {one.submission_id: {stands[word] for word in words_in(one.text)} for one in left}
    found: list[Group] = []
    while len(found) < MOST_GROUPS:
        sizes = Counter(key for one in left for key in keys[one.submission_id])
        key, size = max(sizes.items(), key=lambda item: (item[1], counts[item[0]], item[0]), default=("", 0))
        if size < FEWEST:
            break
        members = [one for one in left if key in keys[one.submission_id]]
        found.append(Group(key, _as_written(key, members, stands), members))
        left = [one for one in left if key not in keys[one.submission_id]]
    return found


@transaction.atomic
def make_it_an_issue(workspace: Workspace, *, key: str, by: Agent, now: datetime) -> IssueKind:
    """Those who wrote of it count for it from now on, so it stands where it belongs in the list.

    Raises NotWrittenOften, or TooManyKinds of `kinds`.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    group = next((one for one in others(workspace, now=now) if one.key == key), None)
    if group is None:
        raise NotWrittenOften
    name = group.word[:1].upper() + group.word[1:]
    kind = add_kind(workspace, WantedKind(labels={group.language: name}, key=key), by=by, now=now)
    members = [one.submission_id for one in group.written]
    Submission.objects.filter(workspace=workspace, pk__in=members).update(issue=kind)
    return kind


def _written(workspace: Workspace, *, now: datetime) -> list[Written]:
    rows = Submission.objects.filter(workspace=workspace, issue__asks_text=True, at__gt=now - WITHIN)
    newest = rows.order_by("-at", "-pk").values_list("pk", "answers", "language")[:MOST_TEXTS]
    texts = [Written(pk, text, language) for pk, answers, language in newest if (text := _own_words(answers))]
    return texts[::-1]


def _own_words(answers: Sequence[Mapping[str, object]]) -> str:
    """What stands behind the colon: "Something else: no place to park"."""
    kept = next((answer for answer in answers if answer.get("kind") == Field.Kind.ISSUE), {})
    said = kept.get("answers")
    return str(said[0]).partition(": ")[2] if isinstance(said, list) and said else ""


def _as_written(key: str, members: Sequence[Written], stands: Mapping[str, str]) -> str:
    """With its accents: the word of the first text whose word it is."""
    for one in members:
        for word in one.text.split():
            bare = word.strip(".,;:!?·…\"'()„“”«»")
            if words_in(bare) and key in {stands.get(part) for part in words_in(bare)}:
                return bare.lower()
    return key
