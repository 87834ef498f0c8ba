"""What the verbs of a ticket take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from heard.api.asking import TEXT, Asked, Id, Line
from heard.api.moments import Moment
from heard.checks.finding import Weight
from heard.taking_private.models import SafeQuestion
from heard.tickets.models import Priority, Resolution

Text = Annotated[str, Field(max_length=20_000, pattern=TEXT)]
OneOrAll = Annotated[Id | None, Field(description="One incoming message. Without it, all that wait.")]
MessageOfTicket = Annotated[Id | None, Field(description="Id of an incoming message of this ticket.")]
Tags = Annotated[list[Annotated[str, Field(max_length=100, pattern=TEXT)]], Field(max_length=50)]


class FoundBefore(Asked):
    """A finding as a 422 gave it. Only its code counts."""

    check: Line = ""
    code: Line
    reason: Line = ""
    start: int = 0
    end: int = 0
    overridable: bool = True
    mend: str | None = None
    weight: Weight = "stop"
    needs_right: bool = False


class TemplateChosen(Asked):
    name: Line
    language: Annotated[str, Field(max_length=20, pattern=TEXT, description="As the network writes it.")]
    blanks: Annotated[
        list[Annotated[str, Field(max_length=1_000, pattern=TEXT)]],
        Field(max_length=50, description="A word for each blank, in their order."),
    ] = []  # noqa: RUF012  pydantic copies it


class ReplyButton(Asked):
    label: Annotated[str, Field(max_length=250, pattern=TEXT)]
    reply: Annotated[
        str, Field(max_length=250, pattern=TEXT, description="What pressing it says. Empty: the label.")
    ] = ""
    url: Annotated[str, Field(max_length=1_000, pattern=TEXT, description="Where it leads instead.")] = ""


class Reply(Asked):
    text: Annotated[Text, Field(description="Empty with a template, and where a file says it all.")] = ""
    files: Annotated[
        list[Id], Field(max_length=20, description="Ids of what you have uploaded, in their order.")
    ] = []  # noqa: RUF012  pydantic copies it
    buttons: Annotated[list[ReplyButton], Field(max_length=30)] = []  # noqa: RUF012  pydantic copies it
    template: Annotated[
        TemplateChosen | None,
        Field(description="A text that the network approved beforehand. It goes instead of `text`."),
    ] = None
    to: MessageOfTicket = None
    private: bool = False
    via: Annotated[
        Id | None,
        Field(description="Id of a thread that this case goes on in elsewhere. It goes there, in private."),
    ] = None
    copies: Annotated[
        list[Line],
        Field(max_length=200, description="Who of those that got a letter gets its answer too: addresses."),
    ] = []  # noqa: RUF012  pydantic copies it
    adds: Annotated[
        list[Line], Field(max_length=50, description="Addresses that get this letter as their first one.")
    ] = []  # noqa: RUF012  pydantic copies it
    language: Annotated[
        str, Field(max_length=10, pattern=TEXT, description="It is written in. Empty: the ticket's.")
    ] = ""
    override: Annotated[
        list[Line | FoundBefore],
        Field(max_length=50, description="Codes of findings that you take responsibility for."),
    ] = []  # noqa: RUF012  pydantic copies it
    heed_warnings: Annotated[
        bool, Field(description="Findings of the weight `warn` stop it, too, as they stop a person at first.")
    ] = False
    sign: Annotated[bool, Field(description="End with what the inbox signs with.")] = True
    at: Annotated[Moment | None, Field(description="Goes out then, unless something comes between.")] = None
    review: Annotated[bool, Field(description="A colleague approves it first.")] = False
    reviewer: Annotated[
        Id | Annotated[str, Field(max_length=254, pattern=TEXT)] | None,
        Field(description="Who is asked: an id or an e-mail address. Without it, whoever comes first."),
    ] = None
    question: Annotated[Text, Field(description="To whoever looks it over.")] = ""
    macro: Annotated[
        Id | None,
        Field(description="Id of a macro: what it does beside its reply is done as soon as this leaves."),
    ] = None


class NewMail(Asked):
    inbox: Annotated[Id, Field(description="Of e-mail.")]
    address: Annotated[str, Field(max_length=200, pattern=TEXT)]
    name: Line = ""
    subject: Annotated[str, Field(max_length=300, pattern=TEXT)]
    text: Text
    adds: Annotated[list[Line], Field(max_length=50, description="Addresses that get a copy.")] = []  # noqa: RUF012
    files: Annotated[list[Id], Field(max_length=20, description="Ids of what you have uploaded.")] = []  # noqa: RUF012
    override: Annotated[
        list[Line | FoundBefore],
        Field(max_length=50, description="Codes of findings that you take responsibility for."),
    ] = []  # noqa: RUF012  pydantic copies it


class Check(Asked):
    text: Text
    to: MessageOfTicket = None
    private: bool = False
    via: Annotated[Id | None, Field(description="Id of a thread that this case goes on in elsewhere.")] = None


class TakePrivate(Asked):
    to: Annotated[Id, Field(description="A public message of this ticket.")]
    public_text: Text
    private_text: Annotated[
        Text, Field(description="`{safe_form_link}` is where the link goes, else the end.")
    ]
    wants: Annotated[
        list[Annotated[SafeQuestion, Field(strict=False)]],
        Field(max_length=10, description="What the safe form asks for. Without any, there is no form."),
    ] = []  # noqa: RUF012  pydantic copies it
    override: Annotated[
        list[Line | FoundBefore],
        Field(max_length=50, description="Codes of findings that you take responsibility for."),
    ] = []  # noqa: RUF012  pydantic copies it
    heed_warnings: bool = False


class NewNote(Asked):
    text: Text


class Answered(Asked):
    message: Annotated[Id | None, Field(description="One incoming message. Without it, all that wait.")] = (
        None
    )
    reason: Line = ""


class Dismiss(Asked):
    reason: Line
    message: Annotated[Id | None, Field(description="One incoming message. Without it, all that wait.")] = (
        None
    )


class Resolve(Asked):
    resolution: Annotated[Resolution, Field(strict=False)] = Resolution.SOLVED
    note: Line = ""


class Assign(Asked):
    agent: Annotated[
        Id | Annotated[str, Field(max_length=254, pattern=TEXT)] | None,
        Field(description="An id, an e-mail address or `me`. Null gives it back to everybody."),
    ]


class Snooze(Asked):
    until: Moment


class FollowUp(Asked):
    at: Annotated[Moment | None, Field(description="Null: it is done, or not needed any more.")] = None
    note: Annotated[str, Field(max_length=300, pattern=TEXT)] = ""
    automatic: Annotated[
        bool | None, Field(description="Does Heard ask this customer anything by itself? Null: as before.")
    ] = None


class Like(Asked):
    message: Annotated[Id | None, Field(description="Without it, the newest incoming message.")] = None
    liked: bool = True


class Hide(Asked):
    message: Annotated[Id | None, Field(description="Without it, the newest incoming message.")] = None
    hidden: bool = True


class Repost(Asked):
    message: Annotated[Id | None, Field(description="Without it, the newest incoming message.")] = None
    reposted: bool = True


class Tag(Asked):
    add: Tags = []  # noqa: RUF012  pydantic copies it
    remove: Tags = []  # noqa: RUF012


class Prioritise(Asked):
    priority: Annotated[Priority, Field(strict=False)]


class NameProduct(Asked):
    product: Annotated[
        str | None, Field(max_length=40, pattern=TEXT, description="Its code. Null: about no product.")
    ]
