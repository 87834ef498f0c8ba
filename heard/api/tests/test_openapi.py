"""The description of the API is true: what it does not say is never answered."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import GenerationConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import CoveragePhaseData, CoverageScenario
from schemathesis.pytest._test_builder import build_operation_test

from heard.api import rates
from heard.api.api import api
from heard.api.tests.conftest import Program
from heard.buckets import Buckets
from heard.contacts.models import Contact
from heard.forms.tests.conftest import a_form
from heard.inboxes.models import Inbox
from heard.ingest.models import LedgerLine
from heard.publishing.write import write
from heard.replies.tests.shelf import a_reply
from heard.tickets.models import Message, PendingReply, Ticket
from heard.translating.glossary import NewTerm, add_term
from tests.cast import NOON, Network, a_ticket, a_workspace, an_agent, an_inbox
from tests.undone import undone

# Of each operation: so many calls made up at random, beside those at every limit of what is described.
MANY = "API_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("API_EXAMPLES", 3))
load_all_checks()
# In a form everything is text, also what was meant to be no text.
WRONG_IN_JSON = CHECKS.get_one("negative_data_rejection")
# A reply may be well-formed and not fit to send, a cursor a text and not one of ours.
MORE_THAN_A_SCHEMA_CAN_SAY = CHECKS.get_one("positive_data_acceptance")
described = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema = schemathesis.openapi.from_dict(described)
schema.app = get_wsgi_application()
if not MANY:
    # What is wrong on purpose is made more thoroughly at the limits, and takes most of the time when made at random.
    schema.config.phases.coverage.unexpected_methods = set()
    schema.config.phases.fuzzing.generation = GenerationConfig(modes=[GenerationMode.POSITIVE])
VERBS = {"get", "put", "post", "delete", "patch", "trace", "query"}
OPERATIONS = [(verb, path) for path, verbs in described["paths"].items() for verb in verbs]


@dataclass
class Living:
    """The API with something in it."""

    token: str
    ids: dict[str, Sequence[int]]

    def fill(self, case: schemathesis.Case[Any]) -> None:
        """Numbers made up at random meet nothing: each stands for one that is there, or for none."""
        if case.meta and case.meta.generation.mode.is_negative:
            return
        for name, value in case.path_parameters.items():
            if isinstance(value, int) and value > 0:
                there = [*self.ids[case.path.split("/")[3]], value]
                case.path_parameters[name] = there[value % len(there)]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Living]:
    with django_db_blocker.unblock(), undone():
        made = _something_of_everything()
        # A request would give the connection back, and with it all that is to be undone.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield made
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture
def living(world: Living, monkeypatch: pytest.MonkeyPatch) -> Iterator[Living]:
    monkeypatch.setattr(rates, "READING", Buckets(10**6))
    monkeypatch.setattr(rates, "WRITING", Buckets(10**6))
    cache.clear()
    with undone():
        yield world


def _something_of_everything() -> Living:
    program = Program(an_agent(a_workspace(), "Bea"))
    workspace = program.agent.workspace
    an_hour_ago = timezone.now() - timedelta(hours=1)  # every window for answering is open
    facebook, messenger = (
        Network(an_inbox(workspace, slug), now=an_hour_ago) for slug in ("facebook", "messenger")
    )
    for number in range(3):
        a_ticket(facebook, said=f"Where is parcel {number}?", by=f"Jana {number}")
    ticket = a_ticket(messenger, said="Hello", direct=True)
    program.post(f"/tickets/{ticket.number}/reply", text="Hello, Jana")
    program.post(f"/tickets/{ticket.number}/note", text="She calls often")
    program.post(f"/tickets/{ticket.number}/reply", text="Look at this", review=True)
    LedgerLine.objects.create(
        workspace=workspace,
        inbox=facebook.inbox,
        position=0,
        fact="call",
        key="k",
        place=LedgerLine.Place.QUARANTINED,
        reason="ValueError",
        at=NOON,
    )
    ids = {
        "tickets": Ticket.objects.values_list("number", flat=True),
        "messages": Message.objects.values_list("pk", flat=True),
        "contacts": Contact.objects.values_list("pk", flat=True),
        "inboxes": Inbox.objects.values_list("pk", flat=True),
        "pending": PendingReply.objects.values_list("pk", flat=True),
        "translation": [add_term(workspace, NewTerm("Acme"), by=program.agent, now=NOON).pk],
        "replies": [a_reply(program.agent).pk],
        "forms": [a_form(program.agent, "Ask").pk],
        "posts": [write("Hello", targets=[], by=program.agent, now=NOON).pk],
        "quarantine": LedgerLine.objects.filter(place="quarantined").values_list("pk", flat=True),
    }
    assert all(ids.values())
    return Living(program.token, {name: list(rows) for name, rows in ids.items()})


# Schemathesis would make up the examples of all operations already when tests are collected, in every process.
@pytest.mark.parametrize(("verb", "path"), OPERATIONS)
def test_every_answer_is_one_that_was_described(verb: str, path: str, living: Living) -> None:
    tried = build_operation_test(
        config=schema.config,
        operation=schema[path][verb],
        test_func=_try,
        given_kwargs={},
        feedback=FeedbackSources(),
    )
    tried(living=living)


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def _try(case: schemathesis.Case[Any], living: Living) -> None:
    if not MANY and _was_tried(case):
        return
    living.fill(case)
    # An empty parameter counts as none, which no schema can say.
    assume("" not in (case.query or {}).values())
    case.call_and_validate(
        headers={"Authorization": f"Bearer {living.token}"},
        excluded_checks=_beyond(case),
    )


def test_no_operation_is_there_that_was_not_described(living: Living) -> None:
    program = Client(headers={"authorization": f"Bearer {living.token}"})
    for path, described_verbs in described["paths"].items():
        for verb in VERBS - set(described_verbs):
            answer = program.generic(verb.upper(), re.sub(r"{\w+}", "1", path))
            assert answer.status_code == 405, f"{verb} {path}: {answer.status_code}"
            assert answer.headers["Allow"]


TRIED: Counter[tuple[object, ...]] = Counter()
TYPES_TRIED = 2  # of the five that a text or a number could be mistaken for
READ_BY_ALL_ALIKE = (ParameterLocation.PATH, ParameterLocation.HEADER)


def _was_tried(case: schemathesis.Case[Any]) -> bool:
    """Would it say nothing new?

    A path and its headers are read before anything knows which operation it is: the same wrong number, or the same
    key, was tried at another one. A header that is missing is not: who is let in without a token?
    """
    at_a_limit = case.meta.phase.data if case.meta else None
    if not case.meta or not isinstance(at_a_limit, CoveragePhaseData):
        return False
    where, name, scenario = at_a_limit.parameter_location, at_a_limit.parameter or "", at_a_limit.scenario
    told: tuple[object, ...] = (where, name, at_a_limit.description)
    if scenario == CoverageScenario.INCORRECT_TYPE and where not in READ_BY_ALL_ALIKE:
        return _again((case.operation.label, at_a_limit.location, *told), most=TYPES_TRIED)
    if where == ParameterLocation.PATH and case.meta.generation.mode.is_negative:
        return _again((*told, repr(case.path_parameters.get(name))), most=1)
    if where == ParameterLocation.HEADER and scenario != CoverageScenario.MISSING_PARAMETER:
        headers: Mapping[str, Any] = case.headers or {}
        return _again((*told, repr(headers.get(name))), most=1)
    return False


def _again(told: tuple[object, ...], *, most: int) -> bool:
    TRIED[told] += 1
    return TRIED[told] > most


def _beyond(case: schemathesis.Case[Any]) -> list[Any]:
    return [MORE_THAN_A_SCHEMA_CAN_SAY, *([WRONG_IN_JSON] if case.path.endswith("/uploads") else [])]
