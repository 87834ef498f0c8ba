"""Is it fit to go out? The texts pass the same checks as every reply, the pictures the network's rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from heard.channels.contract import Publishing
from heard.channels.words import N_
from heard.checks.finding import Finding
from heard.checks.gate import Draft
from heard.inboxes.models import Inbox
from heard.publishing.accounts import rules_of as network_rules
from heard.publishing.models import PlannedPicture, PlannedPost, Publication
from heard.tickets.examined import private_links
from heard.voice.wanted import rules_for
from heard.workspaces.models import Agent

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What stands against one account's post."""

    publication: Publication
    finding: Finding


class PostStopped(Exception):
    """The gate found something. Some of it a person may override."""

    def __init__(self, found: Sequence[Found]) -> None:
        super().__init__(", ".join(one.finding.code for one in found))
        self.found = found


def found_in(plan: PlannedPost, *, by: Agent | None = None) -> list[Found]:
    """All that speaks against publishing, in the order of the accounts. Some of it only others than `by` may
    override, and without anybody nobody may."""
    publications = plan.publications.select_related("inbox", "plan").order_by("id")
    pictures = list(plan.pictures.all())
    return [
        Found(publication, finding)
        for publication in publications
        for finding in against(publication.inbox, publication.text, pictures, by=by)
    ]


def overridden_by(plan: PlannedPost, codes: Collection[str], *, by: Agent) -> list[str]:
    """Those of `codes` that `by` can take responsibility for; a right that they have not, no code gives them."""
    theirs = {one.finding.code for one in found_in(plan, by=by) if one.finding.overridable}
    return sorted(theirs.intersection(codes))


def warned_of(plan: PlannedPost, *, by: Agent) -> list[str]:
    """The codes of what only warns: a program that writes has nobody who would look twice."""
    found = (one.finding for one in found_in(plan, by=by))
    return sorted({one.code for one in found if one.weight == "warn" and one.overridable})


def stop_unless_fit(plan: PlannedPost, *, by: Agent) -> None:
    """Raises PostStopped for what nobody has taken responsibility for."""
    standing = [one for one in found_in(plan, by=by) if not _is_settled(one.finding, plan.overridden)]
    if standing:
        raise PostStopped(standing)


def _is_settled(finding: Finding, taken: Collection[str]) -> bool:
    """Somebody with the right to took it on themselves, perhaps before whoever asks now; or it stops nothing."""
    may_be = finding.overridable or finding.needs_right
    return finding.weight == "hint" or (may_be and finding.code in taken)


def against(
    inbox: Inbox,
    text: str,
    pictures: Sequence[PlannedPicture],
    *,
    by: Agent | None = None,
) -> Iterator[Finding]:
    """What speaks against one account saying this; a page asks while it is written."""
    rules = network_rules(inbox)
    if rules is None:
        yield _stop("cannot", N_("This account cannot publish."))
        return
    if inbox.state == Inbox.State.DISCONNECTED:
        yield _stop("disconnected", N_("This account is disconnected. Connect it again or leave it out."))
    # Pictures may speak for themselves.
    if text.strip() or not pictures:
        draft = Draft(
            text=text,
            public=True,
            limit=rules.text_limit,
            counts=rules.counts,
            private_links=private_links(),
            author_language=by.user.language if by else "",
        )
        yield from rules_for(inbox, now=timezone.now(), text=text).found_in(draft, by=by)
    yield from _against_pictures(rules, pictures)


def _against_pictures(rules: Publishing, pictures: Sequence[PlannedPicture]) -> Iterator[Finding]:
    if rules.picture_needed and not pictures:
        yield _stop("needed", N_("This network takes posts with a picture only."))
    if len(pictures) > rules.pictures:
        reason = N_("%(count)s pictures are too many, this network takes %(most)s.")
        yield _stop("many", reason, count=len(pictures), most=rules.pictures)
    for number, picture in enumerate(pictures, 1):
        if picture.content_type not in rules.picture_kinds:
            kind = picture.content_type.removeprefix("image/").upper()
            reason = N_("Picture %(number)s is of the kind %(kind)s, which this network does not take.")
            yield _stop("kind", reason, number=number, kind=kind)
        if picture.size > rules.picture_size:
            reason = N_("Picture %(number)s is too large, %(most)s MB are allowed.")
            yield _stop("size", reason, number=number, most=rules.picture_size // MEGABYTE)
        if rules.alt_text and not picture.alt.strip():
            reason = N_("Picture %(number)s has no description for those who cannot see it.")
            yield _stop("alt", reason, overridable=True, number=number)


def _stop(code: str, reason: str, *, overridable: bool = False, **params: str | int) -> Finding:
    return Finding("pictures", f"post.{code}", reason, 0, 0, overridable, params=params)
