from __future__ import annotations

import re

from django.test import Client

from heard.contacts.merge import merge, root
from heard.contacts.models import ContactMerge, Identity
from heard.contacts.tests.people import somebody
from heard.tickets.reply import reply
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket

BESIDE = {"HX-Request": "true", "HX-Target": "person"}


def test_one_line_of_time_over_all_channels_newest_first(
    facebook: Network, messenger: Network, bea: Agent, of_bea: Client
) -> None:
    ticket = a_ticket(messenger, said="Where is my parcel?", direct=True)
    reply(ticket, text="On its way.", by=bea, now=messenger.tick())
    other = somebody(facebook, "Jana2")
    facebook.tick(days=1)
    facebook.comment("Now it is broken", by="Jana2")
    merge(ticket.contact, other, by=bea, now=NOON)

    page = of_bea.get(f"/contacts/{ticket.contact_id}").text

    text = page.split('class="history"')[1]
    places = [text.index(said) for said in ("Now it is broken", "On its way.", "Where is my parcel?")]
    assert places == sorted(places)
    assert "Undo" in page


def test_the_history_goes_on_by_pages(messenger: Network, of_bea: Client) -> None:
    for number in range(25):
        messenger.direct(f"Line {number}.")
    contact = Identity.objects.get().contact

    first = of_bea.get(f"/contacts/{contact.pk}").text
    address = next(found for found in re.findall(r'hx-get="([^"]+)"', first) if "/history?" in found)
    further = of_bea.get(address, headers={"HX-Request": "true"}).text

    assert "Line 24." in first
    assert "Line 4." not in first
    assert "Line 4." in further
    assert "Line 0." in further
    assert "said-more" not in further


def test_whoever_was_merged_leads_to_whom_they_went_into(
    messenger: Network, bea: Agent, of_bea: Client
) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")
    merge(jana, dana, by=bea, now=NOON)

    assert of_bea.get(f"/contacts/{dana.pk}")["Location"] == f"/contacts/{jana.pk}"


def test_merging_keeps_what_spoke_for_it_and_can_be_undone(
    facebook: Network, messenger: Network, of_bea: Client
) -> None:
    here, there = somebody(facebook, "Jana Nová"), somebody(messenger, "Jana Nová")
    shown = of_bea.get(f"/contacts/{here.pk}").text
    assert "Both are called Jana Nová" in shown
    assert "Weak" in shown

    of_bea.post(f"/contacts/{here.pk}/merge", {"other": there.pk})

    row = ContactMerge.objects.get()
    assert row.evidence == [{"kind": "same_name", "strength": 1, "words": "Jana Nová"}]
    assert root(there) == here
    assert "Both are called Jana Nová" in of_bea.get(f"/contacts/{here.pk}").text
    of_bea.post(f"/contacts/{here.pk}/unmerge/{row.pk}")
    assert root(there) == there
    assert "meanwhile" in of_bea.post(f"/contacts/{here.pk}/unmerge/{row.pk}", follow=True).text


def test_the_agent_chooses_who_remains(facebook: Network, messenger: Network, of_bea: Client) -> None:
    here, there = somebody(facebook, "Jana"), somebody(messenger, "Jana Nová")

    response = of_bea.post(f"/contacts/{here.pk}/merge", {"other": there.pk, "keep": "other"})

    assert response["Location"] == f"/contacts/{there.pk}"
    assert root(here) == there


def test_beside_a_ticket_only_that_part_changes(
    facebook: Network, messenger: Network, of_bea: Client
) -> None:
    ticket = a_ticket(facebook, said="Hello", by="Jana Nová")
    there = somebody(messenger, "Jana Nová")
    page = of_bea.get(f"/tickets/{ticket.number}").text
    assert f'hx-get="/contacts/{ticket.contact_id}/side?ticket={ticket.number}"' in page
    beside = of_bea.get(f"/contacts/{ticket.contact_id}/side", {"ticket": ticket.number}).text
    assert "The same person?" in beside

    given = {"other": there.pk, "ticket": ticket.number}
    response = of_bea.post(f"/contacts/{ticket.contact_id}/not-the-same", given, headers=BESIDE)

    assert response.text.strip().startswith('<div class="side-person" id="person"')
    assert "The same person?" not in response.text
    plain = of_bea.post(f"/contacts/{ticket.contact_id}/merge", given)
    assert plain["Location"] == f"/tickets/{ticket.number}"
    late = of_bea.post(f"/contacts/{ticket.contact_id}/not-the-same", given, follow=True)
    assert "They are one contact already." in late.text


def test_others_are_found_without_accents_by_address_and_despite_a_slip(
    facebook: Network, messenger: Network, of_bea: Client
) -> None:
    jana = somebody(facebook, "Jana")
    somebody(messenger, "Petra Kovářová")
    Identity.objects.filter(name="Petra Kovářová").update(handle="peko")

    def found(words: str) -> bool:
        return "Kovářová" in of_bea.get(f"/contacts/{jana.pk}/alike", {"q": words}).text

    assert [found(words) for words in ("kovarova", "KOVÁŘ", "peko", "kovarowa", "novak")] == [
        *(True, True, True, True),
        False,
    ]
    assert "Kovářová" in of_bea.get(f"/contacts/{jana.pk}", {"q": "kovarova"}).text  # without JavaScript


def test_odd_questions_are_no_errors(messenger: Network, of_bea: Client) -> None:
    jana = somebody(messenger, "Jana")

    assert of_bea.get(f"/contacts/{jana.pk}?cursor=forged").status_code == 302
    assert of_bea.get(f"/contacts/{jana.pk}/history?cursor=forged").status_code == 302
    assert of_bea.get(f"/contacts/{jana.pk}/alike?q=%00%25_'").status_code == 200
    for other in ("", "x", "0", "9" * 30):
        assert of_bea.post(f"/contacts/{jana.pk}/merge", {"other": other}).status_code == 404
    assert (
        "one contact already"
        in of_bea.post(f"/contacts/{jana.pk}/merge", {"other": jana.pk}, follow=True).text
    )


def test_another_workspaces_contact_is_not_there(messenger: Network, of_cyril: Client) -> None:
    jana = somebody(messenger, "Jana")

    assert of_cyril.get(f"/contacts/{jana.pk}").status_code == 404
    assert of_cyril.get("/contacts/1/alike", {"q": "Jana"}).status_code == 404
