"""The people who write, and their addresses."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, OfWorkspace, Workspace

HEARD_OFTEN_ENOUGH = 2  # certain messages in a row, before another language is proposed


class Formality(models.TextChoices):
    """How somebody is addressed: vous or tu."""

    FORMAL = "formal", _("Formal")
    INFORMAL = "informal", _("Informal")


class Contact(models.Model):
    """One person, however many addresses they write from."""

    class Source(models.TextChoices):
        """Where we know their language from. What a person said is never overwritten by the others."""

        DETECTED = "detected", _("Recognised in what they wrote")
        NETWORK = "network", _("Told by the network")
        SAID = "said", _("Said by a colleague")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    language_from = models.CharField(
        max_length=10, choices=Source.choices, blank=True, default="", db_default=""
    )
    # Another language that they certainly wrote in since, and how often in a row.
    heard_language = models.CharField(max_length=10, blank=True, default="", db_default="")
    heard_times = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Empty: as is usual in the workspace for the language.
    formality = models.CharField(
        max_length=10, choices=Formality.choices, blank=True, default="", db_default=""
    )
    time_zone = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Contact"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="contact_not_into_itself", condition=~Q(merged_into=F("id"))),
            # What the foreign keys below refer to: a contact together with its workspace.
            models.UniqueConstraint("workspace", "id", name="contact_in_workspace"),
        )
        indexes = (
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="contact_name_trigrams"),
            models.Index(
                fields=("merged_into",), name="contact_merged", condition=Q(merged_into__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def proposed_language(self) -> str:
        """What they seem to speak by now. One message may be a quotation; two in a row are no accident."""
        return self.heard_language if self.heard_times >= HEARD_OFTEN_ENOUGH else ""


class UsualFormality(models.Model):
    """How a workspace addresses people in a language, as long as nobody said otherwise of one of them."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    language = models.CharField(max_length=10)
    formality = models.CharField(max_length=10, choices=Formality.choices)

    objects = OfWorkspace["UsualFormality"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "language", name="usual_formality_once"),)


class Identity(models.Model):
    """One address of a person on one connected account: networks give people a number per page."""

    class Profile(models.TextChoices):
        WANTED = "wanted"
        KNOWN = "known"
        REFUSED = "refused"  # the network will not tell

    class Proof(models.TextChoices):
        """Whose is the address?"""

        NETWORK = "", _("Vouched for by the network")
        CLAIMED = "claimed", _("Said by the customer, not confirmed")
        VERIFIED = "verified", _("Confirmed")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    # Whose it is without the merges that stand at present. Empty: the contact's own.
    home = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    address = models.CharField(max_length=200)
    # Further addresses that the network knows the same person by: a number beside an id.
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, db_default=[])
    name = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200, blank=True)
    picture_url = models.URLField(max_length=2000, blank=True)
    picture = models.CharField(max_length=64, blank=True)  # key of our own copy: the network's expires
    proof = models.CharField(max_length=10, choices=Proof.choices, blank=True, default="", db_default="")
    profile = models.CharField(max_length=10, choices=Profile.choices, default=Profile.KNOWN)
    profile_tries = models.PositiveSmallIntegerField(default=0)
    last_wrote_at = models.DateTimeField(null=True)  # opens the network's reply window
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Identity"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "address", name="identity_once"),)
        indexes = (
            models.Index(
                fields=("inbox", "id"), name="identity_profile_wanted", condition=Q(profile="wanted")
            ),
            # Few networks have them: whoever has none costs nothing here.
            GinIndex(fields=("aliases",), name="identity_aliases", condition=~Q(aliases=[])),
            models.Index(fields=("home",), name="identity_home", condition=Q(home__isnull=False)),
            # The same address on another channel: a mailbox and a form, a telephone and WhatsApp.
            models.Index(fields=("workspace", "address"), name="identity_address"),
            # Each row of a list shows one, and needs nothing else of the identity.
            models.Index(
                fields=("contact",), include=("picture",), name="identity_picture", condition=~Q(picture="")
            ),
        )

    def __str__(self) -> str:
        return self.name or self.handle or self.address


class Claim(models.Model):
    """One identity says that an address is theirs, too. A word until it is proved.

    Between identities, not contacts: a merge and its undoing leave it as it is.
    """

    class How(models.TextChoices):
        SAID = "said", _("an agent says that the customer said so")
        GIVEN = "given", _("the customer gave it with what they wrote")
        CODE = "code", _("the customer told us the code that we had sent there")
        WROTE = "wrote", _("the customer wrote to us from there, and the sender is proved")
        SIGNED = "signed", _("a link that we had sent there was opened")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    claimant = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="claims")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="claimed_by")
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    objects = OfWorkspace["Claim"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("claimant", "identity", name="claim_once"),)


class UsedLink(models.Model):
    """A link that we had given to one identity alone was used by another one.

    Whoever holds it reads the first one's conversation, or was sent the link by them: it speaks for one person,
    and proves none. Between identities, like a claim, so that merging and undoing leave it as it is.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    given_to = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    used_by = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=60)  # the number of the conversation in which it was given
    at = models.DateTimeField()

    objects = OfWorkspace["UsedLink"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("given_to", "used_by", name="used_link_once"),
            models.CheckConstraint(name="used_link_of_two", condition=~Q(given_to=F("used_by"))),
        )


class ContactMerge(models.Model):
    """Two contacts are one person, says somebody, and why. `gone` stays, and leads to `kept`."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    kept = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="took")
    gone = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    evidence = models.JSONField(default=list)  # what spoke for it: kind and words of each
    moved = models.JSONField(default=dict)  # what stood with `gone` when it went
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfWorkspace["ContactMerge"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("gone",), condition=Q(undone_at=None), name="contact_gone_to_one_place"
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
        )


class NotTheSame(models.Model):
    """Somebody looked at a suggestion and said no. It is not made again."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    one = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")  # the higher id
    by = models.ForeignKey(Agent, on_delete=models.PROTECT)
    at = models.DateTimeField()

    objects = OfWorkspace["NotTheSame"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("one", "other", name="not_the_same_once"),
            models.CheckConstraint(name="not_the_same_in_order", condition=Q(one__lt=F("other"))),
        )
