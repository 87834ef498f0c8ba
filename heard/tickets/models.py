"""What contacts want from us, and everything said about it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.contacts.models import Contact, Identity
from heard.inboxes.models import Inbox
from heard.products.models import Product
from heard.workspaces.models import Agent, OfWorkspace, Team, Workspace


class State(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    RESOLVED = "resolved", _("Resolved")


class Resolution(models.TextChoices):
    SOLVED = "solved", _("Solved")
    NO_ANSWER_NEEDED = "no_answer_needed", _("No answer needed")
    OUTSIDE_OUR_CONTROL = "outside_our_control", _("Outside our control")
    DUPLICATE = "duplicate", _("Duplicate")
    SPAM = "spam", _("Spam")


class Priority(models.TextChoices):
    """How much it presses. The order of waiting stays the order of the list."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Kind(models.TextChoices):
    COMMENT = "comment", _("Comment")
    DIRECT = "direct", _("Direct message")
    MENTION = "mention", _("Mention")
    REVIEW = "review", _("Review")
    POST = "post", _("Visitor post")
    EMAIL = "email", _("E-mail")
    CHAT = "chat", _("Chat")
    FORM = "form", _("Form")
    CALL = "call", _("Call")


# Between one person and us. They never end where they are held, so a ticket takes them only for a while.
CONVERSATIONS = frozenset({Kind.DIRECT, Kind.EMAIL, Kind.CHAT, Kind.FORM, Kind.CALL})


class Outcome(models.TextChoices):
    """How one incoming message ended."""

    OPEN = "open", _("Waiting")
    ANSWERED = "answered", _("Answered")
    THANKED = "thanked", _("Thanked")
    DISMISSED = "dismissed", _("Dismissed")


class Delivery(models.TextChoices):
    """How far one outgoing message got."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    READ = "read", _("Read")
    FAILED = "failed", _("Failed")
    UNCONFIRMED = "unconfirmed", _("May have been sent")
    CANCELLED = "cancelled", _("Taken back")


class Post(models.Model):
    """The public thing that comments hang on."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    external_id = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    permalink = models.URLField(max_length=2000, blank=True)
    picture_url = models.URLField(max_length=2000, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True)
    advert = models.BooleanField(default=False)
    wanted = models.BooleanField(default=True)  # only its id is known yet
    tries = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    objects = OfWorkspace["Post"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "external_id", name="post_once"),)
        indexes = (models.Index(fields=("inbox", "id"), name="post_wanted", condition=Q(wanted=True)),)


class Ticket(models.Model):
    # Without an index of its own is what another index begins with: each costs whenever a ticket changes, and
    # PostgreSQL looks at all of them whenever it plans.
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, db_index=False)
    number = models.BigIntegerField()
    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="tickets", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    resolution = models.CharField(max_length=20, choices=Resolution.choices, blank=True)
    resolution_note = models.TextField(blank=True)
    assignee = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="tickets")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, db_index=False)
    priority = models.CharField(
        max_length=10, choices=Priority.choices, default=Priority.NORMAL, db_default="normal"
    )
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(max_length=300, blank=True, default="", db_default="")
    preview = models.CharField(max_length=300, blank=True)  # text of the newest incoming message
    waiting_since = models.DateTimeField(null=True)  # oldest incoming message that is still open
    snoozed_until = models.DateTimeField(null=True)
    call_back_at = models.DateTimeField(null=True)  # the first telephone call that we owe
    answer_at = models.DateTimeField(null=True)  # when the first answer that waits for its time goes out
    review_since = models.DateTimeField(null=True)  # the oldest answer that a colleague is to look over
    follow_up_at = models.DateTimeField(null=True)  # when somebody wants to look after it again
    follow_up_note = models.CharField(max_length=300, blank=True, default="", db_default="")
    follow_up_due = models.BooleanField(default=False, db_default=False)
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="followed_by")
    last_message_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Ticket"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "number", name="ticket_number_once"),
            models.CheckConstraint(
                name="ticket_open_is_waiting",
                condition=Q(state="open", waiting_since__isnull=False)
                | (~Q(state="open") & Q(waiting_since__isnull=True)),
            ),
            models.CheckConstraint(
                name="ticket_resolved_has_resolution",
                condition=(Q(state="resolved") & ~Q(resolution=""))
                | (~Q(state="resolved") & Q(resolution="")),
            ),
            models.CheckConstraint(
                name="ticket_only_open_snoozes", condition=Q(snoozed_until=None) | Q(state="open")
            ),
        )
        # One partial index a folder, in the folder's order: a page costs the same at any depth.
        indexes = (
            models.Index(
                fields=("workspace", "waiting_since", "id"),
                name="ticket_needs_answer",
                condition=Q(state="open", snoozed_until=None),
            ),
            models.Index(
                fields=("workspace", "assignee", "waiting_since", "id"),
                name="ticket_assigned",
                condition=Q(state="open", snoozed_until=None),
                include=("inbox",),
            ),
            # "Nobody" is no value that the index above could be read in order of.
            models.Index(
                fields=("workspace", "waiting_since", "id"),
                name="ticket_unassigned",
                condition=Q(state="open", snoozed_until=None, assignee=None),
            ),
            models.Index(
                fields=("workspace", "inbox", "waiting_since", "id"),
                name="ticket_of_inbox",
                condition=Q(state="open", snoozed_until=None),
            ),
            models.Index(
                fields=("workspace", "inbox", "waiting_since", "id"),
                name="ticket_unassigned_of_inbox",
                condition=Q(state="open", snoozed_until=None, assignee=None),
            ),
            models.Index(
                fields=("workspace", "snoozed_until", "id"),
                name="ticket_snoozed",
                condition=Q(snoozed_until__isnull=False),
            ),
            models.Index(
                fields=("workspace", "inbox", "snoozed_until", "id"),
                name="ticket_snoozed_of_inbox",
                condition=Q(snoozed_until__isnull=False),
            ),
            models.Index(
                F("workspace"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_answered",
                condition=Q(state="answered"),
            ),
            models.Index(
                F("workspace"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_resolved",
                condition=Q(state="resolved"),
            ),
            models.Index(F("workspace"), F("last_message_at").desc(), F("id").desc(), name="ticket_newest"),
            *(
                models.Index(
                    F("workspace"),
                    F("inbox"),
                    F("last_message_at").desc(),
                    F("id").desc(),
                    name=f"ticket_{name}_of_inbox",
                    condition=condition,
                )
                for name, condition in (
                    ("answered", Q(state="answered")),
                    ("resolved", Q(state="resolved")),
                    ("newest", None),
                )
            ),
            models.Index(fields=("contact", "-id"), name="ticket_of_contact"),
            models.Index(
                fields=("product", "-last_message_at", "-id"),
                name="ticket_of_product",
                condition=Q(product__isnull=False),
            ),
            models.Index(
                fields=("workspace", "call_back_at", "id"),
                name="ticket_call_back",
                condition=Q(call_back_at__isnull=False),
            ),
            *(
                models.Index(
                    fields=("workspace", f"{name}", "id"),
                    name=f"ticket_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("answer_at", "review_since", "follow_up_at")
            ),
            # The API lists what is open also while it sleeps, and by tag: most tickets bear none.
            models.Index(
                fields=("workspace", "waiting_since", "id"), name="ticket_open", condition=Q(state="open")
            ),
            GinIndex(fields=("tags",), name="ticket_tagged", condition=~Q(tags=[])),
        )

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_spam(self) -> bool:
        return self.resolution == Resolution.SPAM


class Thread(models.Model):
    """A conversation as the network groups it, and the ticket that it runs in at present."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=200)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="threads")
    # Whom we write to here, where we began it and perhaps nobody has answered yet.
    identity = models.ForeignKey(Identity, on_delete=models.SET_NULL, null=True)

    objects = OfWorkspace["Thread"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "key", name="thread_once"),)


class Message(models.Model):
    """One thing said, in or out. Older texts of an edited message are kept as versions."""

    class Direction(models.TextChoices):
        IN = "in"
        OUT = "out"

    # As with tickets: another index begins with each of those without one.
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, db_index=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    external_id = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True
    )  # who wrote to us, or whom we wrote to
    agent = models.ForeignKey(
        Agent, on_delete=models.PROTECT, null=True
    )  # empty on what we wrote in the network's own app
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replies")
    parent_external_id = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    # Of what came in as it was recognised, of ours as it was chosen; empty where nobody can tell.
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    language_certain = models.BooleanField(default=False, db_default=False)
    public = models.BooleanField()
    subject = models.CharField(max_length=500, blank=True, default="", db_default="")
    copies = models.JSONField(default=list, db_default=[])  # address and name of who else got it
    automatic = models.BooleanField(default=False, db_default=False)  # a machine wrote it, theirs or ours
    verified = models.BooleanField(null=True)  # is the author proved? Empty: the network vouches
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    permalink = models.URLField(max_length=2000, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    recommends = models.BooleanField(null=True)
    remark = models.CharField(max_length=300, blank=True)  # how it came, in the network's words
    # Why the network gives us no right to answer, in English.
    unanswerable = models.CharField(max_length=300, blank=True, default="", db_default="")
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    liked_at = models.DateTimeField(null=True)  # by us
    reposted_at = models.DateTimeField(null=True)  # by us
    # incoming
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField(blank=True)
    outcome_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    outcome_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="answers")
    # outgoing
    delivery = models.CharField(max_length=12, choices=Delivery.choices, blank=True)
    delivery_problem = models.CharField(max_length=30, blank=True)
    delivery_reason = models.TextField(blank=True)
    private_reply = models.BooleanField(default=False)
    extended = models.BooleanField(default=False)
    template = models.JSONField(null=True)  # what was chosen and filled in; `text` is how it reads
    buttons = models.JSONField(default=list, db_default=[])  # label, reply and url of each
    signature = models.TextField(null=True)  # below a letter of ours; null: the one of its mailbox
    # The first message of a reply that went as several; empty on that one and on what went alone.
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, db_index=False, related_name="parts"
    )
    token = models.UUIDField(null=True, default=None)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    search = models.GeneratedField(
        expression=SearchVector("text", config="heard"), output_field=SearchVectorField(), db_persist=True
    )

    objects = OfWorkspace["Message"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("inbox", "external_id"), condition=~Q(external_id=""), name="message_once"
            ),
            models.UniqueConstraint(fields=("token",), name="message_token_once"),
            models.CheckConstraint(
                name="message_in_has_outcome",
                condition=(Q(direction="in") & ~Q(outcome="") & Q(delivery=""))
                | (Q(direction="out", outcome="") & ~Q(delivery="")),
            ),
        )
        indexes = (
            models.Index(fields=("ticket", "at", "id"), name="message_of_ticket"),
            models.Index(fields=("workspace", "-id"), name="message_newest"),
            models.Index(fields=("inbox", "at"), name="message_of_inbox"),
            models.Index(
                fields=("inbox", "parent_external_id"),
                name="message_orphan",
                condition=Q(parent=None) & ~Q(parent_external_id=""),
            ),
            # Of a ticket, too: each row of a list says whether it has one.
            models.Index(
                fields=("workspace", "ticket", "id"),
                include=("delivery", "automatic", "agent"),
                name="message_unsent",
                condition=Q(delivery__in=("failed", "unconfirmed")),
            ),
            models.Index(fields=("ticket", "at"), name="message_waiting", condition=Q(outcome="open")),
            models.Index(fields=("inbox", "outcome"), name="message_ledger", condition=Q(direction="in")),
            models.Index(
                fields=("inbox", "sent_at"),
                name="message_unread_out",
                condition=Q(delivery__in=("sending", "sent", "delivered", "unconfirmed")),
            ),
            models.Index(fields=("part_of",), name="message_part", condition=Q(part_of__isnull=False)),
            GinIndex(fields=("search",), name="message_search"),
            # Which pages have new messages: a hundredth of what an index of each of them would take.
            BrinIndex(fields=("id",), name="message_pages", pages_per_range=64, autosummarize=True),
        )

    @property
    def is_in(self) -> bool:
        return self.direction == self.Direction.IN

    @property
    def is_by_heard(self) -> bool:
        """Nobody of us wrote it, and nobody of us stands behind it."""
        return not self.is_in and self.automatic and self.agent_id is None

    @staticmethod
    def new_token() -> uuid.UUID:
        return uuid.uuid4()


class MessageVersion(models.Model):
    """What a message said before its author changed it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(blank=True)
    until = models.DateTimeField()

    objects = OfWorkspace["MessageVersion"].as_manager()


class Attachment(models.Model):
    """A picture or file that came with a message, or goes out with one. The text never waits for it."""

    class State(models.TextChoices):
        PENDING = "pending"
        STORED = "stored"
        FAILED = "failed"
        LINKED = "linked"  # shown from the network only: it forbids a copy, or it is no file

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=20)
    url = models.TextField(blank=True)
    name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    state_reason = models.CharField(max_length=200, blank=True)
    key = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # names our copy; the original name stays in the database
    tries = models.PositiveSmallIntegerField(default=0)

    objects = OfWorkspace["Attachment"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("id",), name="attachment_pending", condition=Q(state="pending")),)


class NotTakenBack(models.Manager.from_queryset(OfWorkspace["Reaction"])):  # type: ignore[misc]
    def get_queryset(self) -> OfWorkspace[Reaction]:
        rows: OfWorkspace[Reaction] = super().get_queryset().exclude(name="", emoji="")
        return rows


class Reaction(models.Model):
    """What somebody felt about a message of ours or theirs.

    One that was taken back keeps its row, empty: the word that gave it may come after the one that took it.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    address = models.CharField(max_length=200)
    name = models.CharField(max_length=40, blank=True)
    emoji = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    objects = NotTakenBack()
    everything = OfWorkspace["Reaction"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("message", "address", name="reaction_once"),)


class Note(models.Model):
    """Said among agents, never leaves."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="notes")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT)
    text = models.TextField()
    at = models.DateTimeField()

    objects = OfWorkspace["Note"].as_manager()


class Draft(models.Model):
    """What an agent has typed and not sent. One for each agent, ticket and way of answering."""

    class Mode(models.TextChoices):
        PUBLIC = "public"
        PRIVATE = "private"
        NOTE = "note"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    to = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True)
    via = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True)  # another way than the usual one
    text = models.TextField()
    # In which it is written; empty: the ticket's.
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects = OfWorkspace["Draft"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("ticket", "agent", "mode", name="draft_once"),)


class PendingReply(models.Model):
    """A reply that is written and has not left: it waits for its time, or for a colleague's word.

    It is no message. Whatever reads messages shows what was said, and this may never be.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Goes out later")
        REVIEW = "review", _("To be looked over")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned")  # by whoever looked it over
        TAKEN_BACK = "taken_back", _("Taken back")
        OVERTAKEN = "overtaken", _("Overtaken")  # by something said or done meanwhile
        STOPPED = "stopped", _("Stopped")  # by the gate, when its time had come

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="pending_replies")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")  # who wrote it
    state = models.CharField(max_length=12, choices=State.choices)
    # what it says and where it goes, as `reply` takes it
    text = models.TextField(blank=True)
    public = models.BooleanField()
    private = models.BooleanField()  # was asked for
    to = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    via = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, related_name="+")
    template = models.JSONField(null=True)
    files = ArrayField(models.BigIntegerField(), default=list)  # ids of uploads
    buttons = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    adds = models.JSONField(default=list)
    warned = models.BooleanField(default=False)
    language = models.CharField(max_length=10, blank=True)
    overrides = models.JSONField(default=list)
    signs = models.BooleanField(default=True)
    # what is done with the ticket when it leaves, as `heard.replies.then` reads it
    then = models.JSONField(null=True)
    # when, and who looks it over
    at = models.DateTimeField(null=True)  # empty: as soon as it may
    made_at = models.DateTimeField()
    reviewer = models.ForeignKey(
        Agent, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # who was asked
    question = models.TextField(blank=True)
    text_before = models.TextField(null=True)  # as its author had written it, where the reviewer changed it
    approved_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    # how it ended
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=30, blank=True)  # why it came back, as a code
    comment = models.TextField(blank=True)
    findings = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    noticed_at = models.DateTimeField(null=True)  # its author knows that it came back

    objects = OfWorkspace["PendingReply"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("at", "id"), name="pending_due", condition=Q(state="scheduled")),
            models.Index(
                fields=("ticket", "id"), name="pending_open", condition=Q(state__in=("scheduled", "review"))
            ),
            models.Index(
                fields=("workspace", "agent", "ticket"),
                name="pending_came_back",
                condition=Q(state__in=("returned", "overtaken", "stopped"), noticed_at=None),
            ),
            models.Index(
                fields=("workspace", "ticket"),
                name="pending_under_way",
                condition=Q(state__in=("scheduled", "review")),
            ),
        )


class Presence(models.Model):
    """Who opened a ticket, who looks at it now, who is writing. Changes nothing else."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    seen_at = models.DateTimeField()
    looking_until = models.DateTimeField(null=True)
    writing_until = models.DateTimeField(null=True)

    objects = OfWorkspace["Presence"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("ticket", "agent", name="presence_once"),)
        indexes = (models.Index(fields=("workspace", "looking_until"), name="presence_now"),)


class TicketHome(models.Model):
    """Whose a ticket is without the merges of contacts that stand at present."""

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="home")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")

    objects = OfWorkspace["TicketHome"].as_manager()


class CallBack(models.Model):
    """A telephone call that we promised for a certain time."""

    class Result(models.TextChoices):
        OPEN = "", _("Still to be made")
        DONE = "done", _("Called")
        MISSED = "missed", _("Not made")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="call_backs")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20)  # as E.164
    at = models.DateTimeField()
    agent = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="call_backs")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.TextField(blank=True)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    # When its agent was reminded of it: at its time, and once more when nobody had called.
    told_due_at = models.DateTimeField(null=True)
    told_late_at = models.DateTimeField(null=True)

    objects = OfWorkspace["CallBack"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("ticket", "at"), name="call_back_open", condition=Q(result="")),
            models.Index(fields=("workspace", "at"), name="call_back_to_make", condition=Q(result="")),
            models.Index(
                fields=("at",), name="call_back_to_remind", condition=Q(result="", told_late_at=None)
            ),
        )


class Call(models.Model):
    """What an agent wrote down of a telephone call, beside the words of its message."""

    class Result(models.TextChoices):
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Not reached")
        VOICEMAIL = "voicemail", _("Voicemail")

    class Severity(models.TextChoices):
        LOW = "low", _("Low")
        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High")
        CRITICAL = "critical", _("Critical")

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="call")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    result = models.CharField(max_length=12, choices=Result.choices)
    minutes = models.PositiveSmallIntegerField(null=True)
    reporter = models.CharField(max_length=200, blank=True)
    came_by = models.CharField(max_length=100, blank=True)  # the reporter's channel, in words
    issue = models.CharField(max_length=100, blank=True)
    sub_issue = models.CharField(max_length=100, blank=True)
    severity = models.CharField(max_length=10, choices=Severity.choices, blank=True)
    people_affected = models.PositiveIntegerField(null=True)
    safety_risk = models.BooleanField(null=True)
    steps_tried = models.TextField(blank=True)

    objects = OfWorkspace["Call"].as_manager()
