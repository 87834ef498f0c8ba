"""Files on their way out: in order after the words, recognised in echoes, and honest when one is gone."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from heard.kept_files import drop_file
from heard.outbox.deliver import FILE_GONE, LEASE, LEASE_WITH_FILES, rescue_claimed
from heard.outbox.models import Dispatch
from heard.publishing.tests.paper import a_png
from heard.tickets.models import Attachment, Delivery, Message
from heard.uploads.upload import upload
from tests.cast import reloaded
from tests.shop import Shop


def a_file(shop: Shop) -> int:
    return upload(name="door.png", content=a_png(), by=shop.bea, now=timezone.now()).pk


def test_an_echo_that_comes_first_makes_no_second_message_of_a_picture(shop: Shop) -> None:
    answer = shop.answers(shop.asked(), "", files=[a_file(shop)])
    shop.sandbox.faults("facebook", answer="reset_after_accept", times=1)

    shop.sends(shop.facebook)
    shop.hears()

    assert Message.objects.filter(direction="out").count() == 1
    assert reloaded(answer).delivery in {Delivery.SENT, Delivery.QUEUED}, "the upload alone may be repeated"
    shop.sends(shop.facebook, ahead=timedelta(hours=1))
    shop.hears()
    assert reloaded(answer).delivery == Delivery.SENT
    assert Message.objects.filter(direction="out").count() == 1


def test_a_file_that_is_gone_fails_the_reply_and_sends_nothing(shop: Shop) -> None:
    ticket = shop.asked()
    answer = shop.answers(ticket, "This one.", files=[a_file(shop)])
    drop_file(str(Attachment.objects.get().key))

    shop.sends(shop.facebook)

    assert (reloaded(answer).delivery, reloaded(answer).delivery_reason) == (Delivery.FAILED, FILE_GONE)
    assert shop.called("facebook", "comments") == []
    assert reloaded(ticket).is_open


def test_what_has_files_is_given_more_time_before_it_counts_as_interrupted(shop: Shop) -> None:
    shop.answers(shop.asked(), files=[a_file(shop)])
    begun = timezone.now()
    Dispatch.objects.update(state=Dispatch.State.SENDING, claimed_at=begun)
    Message.objects.filter(direction="out").update(delivery=Delivery.SENDING)

    assert rescue_claimed(now=begun + LEASE + timedelta(seconds=1)) == 0
    assert rescue_claimed(now=begun + LEASE_WITH_FILES + timedelta(seconds=1)) == 1
