"""One event of each kind, with the words of the network."""

from __future__ import annotations

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph
from heard.sandbox.tests.hooks import Receiver


def test_a_comment_is_edited_hidden_shown_and_removed(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="one")
    sandbox.edit("facebook", id, "two")
    sandbox.control("facebook/hide", {"id": id})
    facebook.post(id, {"is_hidden": False})
    sandbox.delete("facebook", id)
    receiver.wait(5)
    values = receiver.values("comment")
    assert [value["verb"] for value in values] == ["add", "edited", "hide", "unhide", "remove"]
    assert values[1]["message"] == "two"
    assert "message" not in values[4]
    assert {value["comment_id"] for value in values} == {id}


def test_replies_name_the_comment_above_them(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    root = sandbox.say("facebook", by="jana", text="root")
    reply = sandbox.say("facebook", by="emma", text="reply", under=root)
    deeper = sandbox.say("facebook", by="jana", text="deeper", under=reply)
    receiver.wait(3)
    parents = {value["comment_id"]: value["parent_id"] for value in receiver.values("comment")}
    assert parents[reply] == root
    assert parents[deeper] == reply


def test_a_photo_comes_as_a_link_that_expires(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.say("facebook", by="jana", text="broken", media=[{"kind": "image"}])
    sandbox.say(
        "facebook", by="jana", text="odd", media=[{"kind": "image", "url": "http://169.254.169.254/x"}]
    )
    receiver.wait(2)
    photos = {value["message"]: value["photo"] for value in receiver.values("comment")}
    ours, given = photos["broken"], photos["odd"]
    assert given == "http://169.254.169.254/x"
    picture = facebook._client.get(ours)
    assert picture.headers["content-type"] == "image/png"
    sandbox.clock(4 * 86400)
    assert facebook._client.get(ours).status_code == 403


def test_visitors_posts_say_edit_where_our_own_say_edited(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    theirs = sandbox.say("facebook", by="jana", kind="post", text="Open on Sunday?")
    ours = facebook.post(f"{facebook.page}/feed", {"message": "New opening hours"})["id"]
    sandbox.edit("facebook", theirs, "Open on Sunday and Monday?")
    facebook.post(ours, {"message": "New hours"})
    sandbox.delete("facebook", theirs)
    receiver.wait(5)
    seen = {(value["item"], value["verb"]) for value in receiver.values()}
    assert seen == {
        ("post", "add"),
        ("post", "edit"),
        ("post", "remove"),
        ("status", "add"),
        ("status", "edited"),
    }
    removal = next(value for value in receiver.values() if value["verb"] == "remove")
    assert removal["recipient_id"] == facebook.page


def test_reactions_name_the_object_and_the_person(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="nice")
    sandbox.react("facebook", id, by="emma", reaction="love")
    sandbox.react("facebook", id, by="emma", remove=True)
    facebook.post(f"{id}/likes")
    facebook.post(f"{id}/likes")
    receiver.wait(4)
    reactions = receiver.values("reaction")
    assert [(one["verb"], one["reaction_type"]) for one in reactions] == [
        ("add", "love"),
        ("remove", "love"),
        ("add", "like"),
    ]
    assert reactions[2]["from"]["id"] == facebook.page
    assert all(one["comment_id"] == id for one in reactions)


def test_reviews_and_mentions_have_their_own_fields(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    review = sandbox.say("facebook", by="jana", kind="review", text="Fine", recommends=False)
    sandbox.edit("facebook", review, "Better now", recommends=True)
    mention = sandbox.say("facebook", by="emma", kind="mention", text="@Acme Shop hi")
    comment = sandbox.say("facebook", by="jana", kind="mention", text="@Acme Shop too", under=mention)
    facebook.post(f"{review}/comments", {"message": "Thank you."})
    receiver.wait(5)
    fields = {change["field"] for change in receiver.elements("changes")}
    assert fields == {"ratings", "mention"}
    ratings = receiver.values("rating")
    assert [one["verb"] for one in ratings] == ["add", "edit"]
    assert [one["recommendation_type"] for one in ratings] == ["NEGATIVE", "POSITIVE"]
    by_id = {value.get("comment_id") or value.get("post_id"): value for value in receiver.values()}
    assert by_id[mention]["sender_name"] == "Emma Clarke"
    assert "from" not in by_id[comment]


def test_an_author_may_be_missing(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.faults("facebook", no_author=True)
    sandbox.say("facebook", by="jana", text="who am I")
    receiver.wait(1)
    assert "from" not in receiver.values()[0]


def test_a_direct_message_is_edited_reacted_to_and_deleted(
    sandbox: Running, receiver: Receiver, messenger: Graph
) -> None:
    id = sandbox.say("messenger", by="jana", text="hello", quick="SIZE_M")
    sandbox.edit("messenger", id, "hello there")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    answer = messenger.send(psid, "Hi Jana")["message_id"]
    sandbox.react("messenger", answer, by="jana", reaction="love")
    sandbox.react("messenger", answer, by="jana", remove=True)
    sandbox.delete("messenger", id)
    receiver.wait(7)
    events = receiver.elements("messaging")
    assert events[0]["message"] == {"mid": id, "text": "hello", "quick_reply": {"payload": "SIZE_M"}}
    assert events[0]["sender"]["id"] == psid
    assert events[1]["message_edit"] == {"mid": id, "text": "hello there", "num_edit": 1}
    reactions = [event["reaction"] for event in events if "reaction" in event]
    assert [one["action"] for one in reactions] == ["react", "unreact"]
    assert events[-1]["message"] == {"mid": id, "is_deleted": True}


def test_what_we_send_is_echoed_delivered_and_read(
    sandbox: Running, receiver: Receiver, messenger: Graph
) -> None:
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    sent = messenger.post(
        f"{messenger.page}/messages",
        {"recipient": {"id": psid}, "message": {"text": "Hi", "metadata": "hd:7"}},
    )
    sandbox.control("messenger/read", {"as": "jana"})
    receiver.wait(4)
    echo, delivery, read = receiver.elements("messaging")[1:]
    assert echo["message"]["is_echo"]
    assert echo["message"]["mid"] == sent["message_id"]
    assert echo["message"]["metadata"] == "hd:7"
    assert echo["message"]["app_id"] == int(messenger.credentials["app_id"])
    assert echo["sender"]["id"] == messenger.page
    assert delivery["delivery"]["mids"] == [sent["message_id"]]
    assert read["read"]["watermark"] >= echo["timestamp"]
    assert sandbox.state("messenger")["directs"][1]["read"]


def test_the_company_may_answer_in_the_networks_own_app(
    sandbox: Running, receiver: Receiver, messenger: Graph
) -> None:
    sandbox.say("messenger", by="jana", text="hello")
    sandbox.own_app("messenger", "From the phone", to="jana", take_thread=True)
    sandbox.say("messenger", by="jana", text="thanks")
    receiver.wait(5)
    echo = next(
        one["message"]
        for one in receiver.elements("messaging")
        if "message" in one and "app_id" in one["message"]
    )
    assert echo["app_id"] == 263902037430900
    assert "metadata" not in echo
    assert [one["message"]["text"] for one in receiver.elements("standby")] == ["thanks"]
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    error = messenger.refused(
        "POST", f"{messenger.page}/messages", {"recipient": {"id": psid}, "message": {"text": "x"}}
    )
    assert (error["code"], error["error_subcode"]) == (10, 2018300)
    messenger.post(f"{messenger.page}/take_thread_control", {"recipient": {"id": psid}})
    messenger.send(psid, "Back again")
