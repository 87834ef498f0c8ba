"""Every way in which a call can fail, and the problem that tells of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError, ValidationError

from heard.api.asking import ApiRequest
from heard.api.findings import found
from heard.api.problems import (
    BAD_CURSOR,
    CONFLICT,
    CRASHED,
    FINDINGS,
    NOT_ALLOWED,
    NOT_FOUND,
    TOO_LARGE,
    UNAVAILABLE,
    UNREADABLE,
    Kind,
    Problem,
    invalid,
    later,
    render,
    wrong,
)
from heard.api.validation import invalid_fields
from heard.contacts.merge import NotMerged, SamePerson
from heard.contacts.speak import NoSuchLanguage
from heard.forms.hand_in import FormIsOff, NotAnswered
from heard.publishing import approve as approving
from heard.publishing import write as writing
from heard.publishing.fit import PostStopped
from heard.publishing.locked import CannotChange
from heard.publishing.pictures import BadPicture
from heard.publishing.schedule import InThePast, NowhereToPublish, TooFarAhead
from heard.replies.approve import NothingToApprove
from heard.replies.approve import ReasonNeeded as CommentOnReplyNeeded
from heard.replies.facts import BadFact
from heard.replies.rights import ForAdmins, NotYours
from heard.replies.run_macro import NothingToSay
from heard.replies.wording import BadWording
from heard.replies.write import ChangedMeanwhile, NothingSaid
from heard.taking_private.take_private import TakeStopped
from heard.tickets.answer import NothingWaits
from heard.tickets.assign import NotAColleague
from heard.tickets.begin import SubjectNeeded
from heard.tickets.call import NotYet, WordsNeeded
from heard.tickets.call_back import InThePast as CallInThePast
from heard.tickets.continue_elsewhere import BadAddress, CannotContinue, NoNumber
from heard.tickets.delivery import CannotCancel, NothingToRetry
from heard.tickets.dismiss import ReasonNeeded
from heard.tickets.folders import BadCursor
from heard.tickets.follow_up import InThePast as FollowUpInThePast
from heard.tickets.hide import CannotHide
from heard.tickets.like import CannotLike
from heard.tickets.note import EmptyNote
from heard.tickets.pending.hold import TooLate
from heard.tickets.pending.review import CommentNeeded, NotAReviewer
from heard.tickets.pending.schedule import BadTime
from heard.tickets.reopen import NothingToReopen
from heard.tickets.reply import BlanksMissing, MayNotSend, NoSuchFile, NoSuchTemplate, NoWay, ReplyStopped
from heard.tickets.repost import CannotRepost
from heard.tickets.resolve import NoteNeeded, StillWaiting
from heard.tickets.snooze import CannotSnooze
from heard.tickets.tag import BadTag
from heard.translating.glossary import BadTerm
from heard.translating.read import NoSuchLanguage as NoLanguageToRead
from heard.translating.troubles import CannotTranslate
from heard.uploads.upload import BadFile

log = logging.getLogger(__name__)

# What the domain refuses because of how things stand: code and words.
CONFLICTS: Final[Mapping[type[Exception], tuple[str, Promise]]] = {
    NothingWaits: ("nothing_waits", gettext_lazy("Nothing here waits for an answer.")),
    StillWaiting: (
        "still_waiting",
        gettext_lazy("Somebody still waits for an answer. Answer them, or say in a note why they need none."),
    ),
    NothingToApprove: ("nothing_to_approve", gettext_lazy("It no longer waits for approval.")),
    NothingToReopen: (
        "nothing_to_reopen",
        gettext_lazy("The ticket is open already, or nobody ever wrote in it."),
    ),
    CannotSnooze: (
        "cannot_snooze",
        gettext_lazy("Only a ticket that waits for us can be put off, and only to a time to come."),
    ),
    CannotLike: ("cannot_like", gettext_lazy("The network does not let us like this message.")),
    CannotHide: ("cannot_hide", gettext_lazy("The network does not let us hide this message.")),
    CannotRepost: ("cannot_repost", gettext_lazy("The network does not let us repost this message.")),
    CannotCancel: ("cannot_cancel", gettext_lazy("Too late: the message is on its way or gone.")),
    CannotChange: ("cannot_change", gettext_lazy("Too late: the post is on its way, gone or cancelled.")),
    InThePast: ("in_the_past", gettext_lazy("That time is over. Schedule the post for another one.")),
    TooFarAhead: ("too_far_ahead", gettext_lazy("A post can be planned a year ahead at most.")),
    NowhereToPublish: ("nowhere_to_publish", gettext_lazy("The post has no account to go out by.")),
    approving.OwnWords: (
        "own_words",
        gettext_lazy("Somebody other than the one who changed it last has to approve it."),
    ),
    ChangedMeanwhile: (
        "changed_meanwhile",
        gettext_lazy("Somebody changed the saved reply since the version that you name."),
    ),
    CannotContinue: (
        "cannot_continue",
        gettext_lazy("No mail leaves by that inbox, or there is nobody here to write to or to call."),
    ),
    SamePerson: ("same_person", gettext_lazy("They are one contact already.")),
    NotMerged: ("not_merged", gettext_lazy("This merge was undone meanwhile.")),
    TooLate: ("too_late", gettext_lazy("It left or came back meanwhile.")),
    MayNotSend: ("may_not_send", gettext_lazy("You may write, and a colleague has to approve it.")),
    NotAReviewer: (
        "not_a_reviewer",
        gettext_lazy("Only a colleague of the author who may send can do that."),
    ),
    NothingToSay: ("nothing_to_say", gettext_lazy("The macro's saved reply cannot be used here.")),
    FormIsOff: ("form_is_off", gettext_lazy("This form is off: nothing is taken by it.")),
    NothingToRetry: (
        "nothing_to_retry",
        gettext_lazy("Only a message that did not surely go out can be settled."),
    ),
}

NO_WAY: Final[Mapping[str, Promise]] = {
    "nothing_to_answer": gettext_lazy("There is no message that could be answered like this."),
    "no_public_reply": gettext_lazy("The network does not let us answer this in public."),
    "no_private_reply": gettext_lazy("The network does not let us answer this in private."),
    "already_replied_privately": gettext_lazy("The network allows one private reply, and it was used."),
    "no_right": gettext_lazy("The network gives us no right to answer this."),
    "no_templates": gettext_lazy("This network has no templates that could be sent here."),
    "disconnected": gettext_lazy("This inbox is disconnected. Connect it again to reply."),
}

# What the domain refuses because of what was asked: field, code and words.
WRONG: Final[Mapping[type[Exception], tuple[str, str, Promise]]] = {
    ReasonNeeded: ("body.reason", "reason_needed", gettext_lazy("Say why no answer is needed.")),
    NoteNeeded: (
        "body.note",
        "note_needed",
        gettext_lazy("Say why in a sentence. Only “solved” needs none."),
    ),
    NotAColleague: ("body.agent", "not_a_colleague", gettext_lazy("No such agent works in this workspace.")),
    NoSuchTemplate: (
        "body.template.name",
        "no_such_template",
        gettext_lazy("The network has not approved such a template for this inbox."),
    ),
    BlanksMissing: ("body.template.blanks", "blanks_missing", gettext_lazy("Every blank needs a word.")),
    NoSuchFile: (
        "body.files",
        "no_such_file",
        gettext_lazy("No such file of yours waits: it was sent, is too old, or was never uploaded."),
    ),
    EmptyNote: ("body.text", "empty", gettext_lazy("A note needs words.")),
    CommentOnReplyNeeded: ("body.comment", "reason_needed", gettext_lazy("Say what should be changed.")),
    approving.ReasonNeeded: ("body.reason", "reason_needed", gettext_lazy("Say what should be changed.")),
    writing.BadTarget: ("body.targets", "bad_target", gettext_lazy("One of these accounts cannot publish.")),
    writing.TooMuchText: ("body.text", "string_too_long", gettext_lazy("No network takes a text that long.")),
    NothingSaid: (
        "body.variants",
        "nothing_said",
        gettext_lazy("A saved reply says something in its source language."),
    ),
    BadAddress: ("body.address", "bad_address", gettext_lazy("That is no e-mail address.")),
    SubjectNeeded: ("body.subject", "subject_needed", gettext_lazy("Say what it is about.")),
    NoNumber: (
        "body.number",
        "no_number",
        gettext_lazy("That is no telephone number with its country code."),
    ),
    FollowUpInThePast: ("body.at", "in_the_past", gettext_lazy("That time is over.")),
    CallInThePast: ("body.at", "in_the_past", gettext_lazy("That time is over.")),
    BadTime: ("body.at", "bad_time", gettext_lazy("A time to come, a year ahead at most.")),
    CommentNeeded: ("body.comment", "comment_needed", gettext_lazy("Say what to change.")),
    NotYet: ("body.at", "not_yet", gettext_lazy("A call is written down after it was made.")),
    WordsNeeded: ("body.text", "words_needed", gettext_lazy("Say in a few words what was said.")),
    NoSuchLanguage: (
        "body.language",
        "no_such_language",
        gettext_lazy("That is no language of two letters."),
    ),
    NoLanguageToRead: (
        "body.language",
        "no_such_language",
        gettext_lazy("That is no language of two letters."),
    ),
    BadTerm: (
        "body.text",
        "bad_term",
        gettext_lazy(
            "A word has 1 to 100 characters, known languages, and a translation only into one of them."
        ),
    ),
    BadTag: ("body.add", "bad_tag", gettext_lazy("A tag has 1 to 40 characters, a ticket 20 tags at most.")),
}


def refuse(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The one exception handler of the API."""
    asked = cast("ApiRequest", request)
    problem = problem_of(cast("Exception", error), request_id=asked.request_id)
    return render(request, problem, request_id=asked.request_id)


def problem_of(error: Exception, *, request_id: str) -> Problem:
    if type(error) in CONFLICTS:
        code, words = CONFLICTS[type(error)]
        return Problem(CONFLICT, words, {"code": code})
    if type(error) in WRONG:
        return wrong(*WRONG[type(error)])
    for kind, tell in TOLD.items():
        if isinstance(error, kind):
            return tell(error)
    log.error("call %s failed", request_id, exc_info=error)
    return Problem(CRASHED, _("It is in our log under this request id."))


def _stopped(error: ReplyStopped) -> Problem:
    findings = [found(one) for one in error.findings]
    return Problem(FINDINGS, "; ".join(one["reason"] for one in findings), {"findings": findings})


def _take_stopped(error: TakeStopped) -> Problem:
    findings = [{**found(one), "part": error.part} for one in error.findings]
    return Problem(FINDINGS, "; ".join(str(one["reason"]) for one in findings), {"findings": findings})


def _post_stopped(error: PostStopped) -> Problem:
    findings = [{**found(one.finding), "inbox": one.publication.inbox_id} for one in error.found]
    return Problem(FINDINGS, "; ".join(str(one["reason"]) for one in findings), {"findings": findings})


def _bad_wording(error: BadWording) -> Problem:
    return invalid(
        [
            {
                "field": f"body.variants.{way}",
                "code": "wording",
                "reason": f"{_(wrong.reason) % wrong.params} ({wrong.start}–{wrong.end})",
            }
            for way, wrong in error.wrong.items()
        ]
    )


def _bad_fact(error: BadFact) -> Problem:
    return wrong(f"body.{error.field}", error.code, _("This cannot be, or it is taken already."))


def _not_answered(error: NotAnswered) -> Problem:
    unknown = _("There is no such field.")
    return invalid(
        [
            {"field": f"body.answers.{key}"[:200], "code": "no_answer", "reason": reason or unknown}
            for key, reason in sorted(error.wrong.items())
        ]
    )


FILES: Final[Mapping[str, Promise]] = {
    "empty": gettext_lazy("The file is empty."),
    "size": gettext_lazy("The file is too large."),
    "kind": gettext_lazy("Only pictures can be published: JPEG, PNG, GIF and WebP."),
    "programme": gettext_lazy("The file could run on the customer's computer. Such files are not sent."),
    "pixels": gettext_lazy("The picture has too many pixels."),
    "many": gettext_lazy("These are too many files."),
    "broken": gettext_lazy("The picture is broken."),
}


def _no_way(error: NoWay) -> str | Promise:
    return _(error.reason) if error.reason else NO_WAY.get(error.code, "")


def _http_error(error: HttpError) -> Problem:
    """Ninja turns whatever the body's parser raises into one of these."""
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    return Problem(UNREADABLE if error.status_code == UNREADABLE.status else CRASHED)


def _unavailable(error: Exception) -> Problem:
    log.warning("the database did not answer: %s", error)
    return later(UNAVAILABLE, _("The database is busy or away. Nothing was changed."), seconds=1)


def _plain(kind: Kind) -> Callable[[Any], Problem]:
    return lambda error: Problem(kind)


TOLD: Final[Mapping[type[Exception], Callable[[Any], Problem]]] = {
    Problem: lambda problem: problem,
    Http404: _plain(NOT_FOUND),
    ValidationError: lambda error: invalid_fields(error.errors),
    HttpError: _http_error,
    BadCursor: _plain(BAD_CURSOR),
    ReplyStopped: _stopped,
    BadWording: _bad_wording,
    BadFact: _bad_fact,
    NotAnswered: _not_answered,
    NotYours: _plain(NOT_ALLOWED),
    ForAdmins: _plain(NOT_ALLOWED),
    PostStopped: _post_stopped,
    TakeStopped: _take_stopped,
    NoWay: lambda error: Problem(CONFLICT, _no_way(error), {"code": error.code}),
    CannotTranslate: lambda error: Problem(CONFLICT, error.words, {"code": error.trouble.value}),
    RequestDataTooBig: lambda error: Problem(TOO_LARGE, _("A body may have 1 MiB at most.")),
    UnreadablePostError: _plain(UNREADABLE),
    MultiPartParserError: _plain(UNREADABLE),
    TooManyFieldsSent: _plain(UNREADABLE),
    TooManyFilesSent: _plain(UNREADABLE),
    BadFile: lambda error: wrong("body.file", error.code, FILES[error.code]),
    BadPicture: lambda error: wrong("body.pictures", error.code, FILES[error.code]),
    OperationalError: _unavailable,
    InterfaceError: _unavailable,
}
