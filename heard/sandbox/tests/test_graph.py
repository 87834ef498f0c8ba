"""The Graph API's answers: shapes, lists, refusals."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph


def test_a_call_needs_a_token_that_is_good(sandbox: Running, facebook: Graph) -> None:
    url = f"{facebook.credentials['base_url']}/me"
    bare = facebook._client.get(url)
    assert bare.json()["error"]["code"] == 104
    assert bare.headers["www-authenticate"].startswith("OAuth")
    assert facebook.refused("GET", "me", token="nonsense")["code"] == 190
    with_parameter = facebook._client.get(url, params={"access_token": facebook.credentials["page_token"]})
    assert with_parameter.json() == {"id": facebook.page, "name": "Acme Shop"}


def test_forms_and_json_and_any_version_are_understood(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    older = facebook.credentials["base_url"].replace("v26.0", "v23.0")
    token = facebook.credentials["page_token"]
    answer = facebook._client.post(f"{older}/{id}/comments", data={"message": "Hi", "access_token": token})
    assert answer.json()["id"].partition("_")[0] == id.partition("_")[0]
    facebook.call("POST", f"{id}", data={"is_hidden": "true"})
    assert facebook.get(id, fields="is_hidden")["is_hidden"]
    proof = hmac.new(facebook.credentials["app_secret"].encode(), token.encode(), hashlib.sha256).hexdigest()
    assert facebook.get("me", appsecret_proof=proof)
    assert facebook.refused("GET", "me?appsecret_proof=bad")["code"] == 100


def test_fields_are_picked_and_unknown_ones_refused(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    reply = facebook.post(f"{id}/comments", {"message": "Hi"})["id"]
    assert set(facebook.get(id)) == {"id", "message", "from", "created_time"}
    nested = facebook.get(
        id, fields="from{name},comments.limit(1){message,parent{id}},permalink_url,is_hidden"
    )
    assert nested["from"]["name"] == "Jana Kovářová"
    assert nested["comments"]["data"] == [{"message": "Hi", "parent": {"id": id}, "id": reply}]
    assert nested["is_hidden"] is False
    error = facebook.refused("GET", f"{id}?fields=colour")
    assert "nonexisting field (colour)" in error["message"]
    assert facebook.refused("GET", f"{id}?fields=from{{name")["code"] == 2500


def test_lists_come_in_pages(sandbox: Running, facebook: Graph) -> None:
    post = sandbox.state("facebook")["posts"][0]["id"]
    ids = [sandbox.say("facebook", by=f"p{n}", text=str(n), under=post) for n in range(5)]
    facebook.post(f"{ids[0]}/comments", {"message": "Hi"})
    seen, params = [], {"limit": "2"}
    while True:
        answer = facebook.get(f"{post}/comments", **params)
        seen += [row["id"] for row in answer["data"]]
        if "next" not in answer["paging"]:
            break
        params["after"] = answer["paging"]["cursors"]["after"]
    assert seen == ids
    assert len(facebook.get(f"{post}/comments", filter="stream")["data"]) == 6
    newest = facebook.get(f"{post}/comments", order="reverse_chronological", limit="1")
    assert newest["data"][0]["id"] == ids[-1]
    assert facebook._client.get(newest["paging"]["next"]).json()["data"][0]["id"] == ids[-2]
    assert facebook.get(f"{post}/comments", since="4102444800")["data"] == []


def test_the_feed_is_newest_first_and_knows_new_comments(sandbox: Running, facebook: Graph) -> None:
    visitor = sandbox.say("facebook", by="jana", kind="post", text="hello")
    feed = facebook.get(f"{facebook.page}/feed", fields="id,from,created_time,updated_time,full_picture")
    assert feed["data"][0]["id"] == visitor
    assert len(feed["data"]) == 6
    oldest = feed["data"][-1]
    sandbox.say("facebook", by="jana", text="late", under=oldest["id"])
    again = facebook.get(oldest["id"], fields="updated_time")
    assert again["updated_time"] > oldest["updated_time"]
    assert len(facebook.get(f"{facebook.page}/visitor_posts")["data"]) == 1
    picture = facebook._client.get(feed["data"][1]["full_picture"])
    assert picture.content.startswith(b"\x89PNG")


def test_what_is_gone_is_answered_as_gone(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    facebook.call("DELETE", id)
    for method, path in (("GET", id), ("DELETE", id), ("POST", f"{id}/comments"), ("POST", f"{id}/likes")):
        error = facebook.refused(method, path, {"message": "x"} if method == "POST" else None)
        assert (error["code"], error["error_subcode"]) == (100, 33)


def test_another_pages_things_cannot_be_touched(sandbox: Running, facebook: Graph) -> None:
    second = sandbox.page("Other Shop")
    theirs = sandbox.say("facebook", by="jana", kind="post", text="hello", page=second)
    assert facebook.refused("GET", theirs)["error_subcode"] == 33
    assert facebook.refused("GET", f"{second}/feed")["error_subcode"] == 33


def test_only_own_comments_can_be_edited(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    assert facebook.refused("POST", id, {"message": "hijacked"})["code"] == 200
    mine = facebook.post(f"{id}/comments", {"message": "Hi"})["id"]
    facebook.post(mine, {"message": "Hi Jana"})
    assert facebook.get(mine)["message"] == "Hi Jana"
    assert facebook.refused("POST", f"{id}/comments", {"message": "x" * 8001})["code"] == 100


def test_posts_are_published_once(sandbox: Running, facebook: Graph) -> None:
    photo = facebook.post(f"{facebook.page}/photos", {"url": "https://example.org/a.png", "published": False})
    body = {"message": "New", "attached_media": json.dumps([{"media_fbid": photo["id"]}])}
    post = facebook.post(f"{facebook.page}/feed", body)["id"]
    assert facebook.get(post, fields="full_picture")["full_picture"] == "https://example.org/a.png"
    assert facebook.refused("POST", f"{facebook.page}/feed", body)["code"] == 506
    upload = facebook.call("POST", f"{facebook.page}/photos", files={"source": ("a.png", b"\x89PNG....")})
    link = facebook.get(upload.json()["post_id"], fields="full_picture")["full_picture"]
    assert facebook._client.get(link).content == b"\x89PNG...."


def test_profiles_are_told_of_those_who_have_written(sandbox: Running, messenger: Graph) -> None:
    sandbox.say("messenger", by="eszter", text="Szia")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    profile = messenger.get(psid, fields="first_name,last_name,name,profile_pic")
    assert (profile["first_name"], profile["last_name"]) == ("Eszter", "Szabó")
    assert messenger._client.get(profile["profile_pic"]).headers["content-type"] == "image/png"
    sandbox.say("facebook", by="emma", text="never wrote in private")


def test_conversations_show_their_newest_twenty_messages(sandbox: Running, messenger: Graph) -> None:
    for number in range(25):
        sandbox.say("messenger", by="jana", text=str(number))
    sandbox.say("messenger", by="emma", text="hi")
    fields = "id,updated_time,participants,messages{id,created_time,from,to,message,attachments}"
    listed = messenger.get(f"{messenger.page}/conversations", platform="messenger", fields=fields)["data"]
    assert [len(one["participants"]["data"]) for one in listed] == [2, 2]
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    [jana] = messenger.get(f"{messenger.page}/conversations", user_id=psid, fields=fields)["data"]
    readable = [one for one in jana["messages"]["data"] if "message" in one]
    assert [one["message"] for one in readable] == [str(number) for number in range(24, 4, -1)]
    thread = messenger.get(f"{jana['id']}/messages", limit="30")["data"]
    assert len(thread) == 25


def test_pictures_are_sent_by_link_or_uploaded_once(sandbox: Running, messenger: Graph) -> None:
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    attachment = {"type": "image", "payload": {"url": "https://example.org/a.png", "is_reusable": True}}
    body = {"platform": "MESSENGER", "message": {"attachment": attachment}}
    kept = messenger.post(f"{messenger.page}/message_attachments", body)["attachment_id"]
    again = {"attachment": {"type": "image", "payload": {"attachment_id": kept}}}
    messenger.post(f"{messenger.page}/messages", {"recipient": {"id": psid}, "message": again})
    assert sandbox.state("messenger")["directs"][-1]["media"] == [
        {"kind": "image", "url": "https://example.org/a.png", "alt": ""}
    ]
    actions: list[dict[str, object]] = [
        {"sender_action": "typing_on"},
        {"sender_action": "mark_seen"},
        {
            "sender_action": "react",
            "payload": {
                "message_id": sandbox.state("messenger")["directs"][0]["id"],
                "reaction": "love",
            },
        },
    ]
    for action in actions:
        messenger.post(f"{messenger.page}/messages", {"recipient": {"id": psid}, **action})
    first = sandbox.state("messenger")["directs"][0]
    assert first["read"]
    assert first["reactions"] == {"": "love"}


def test_people_are_blocked_and_moved_to_spam(sandbox: Running, messenger: Graph) -> None:
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    body = {"user_ids": [{"id": psid}], "actions": ["BLOCK_USER", "MOVE_TO_SPAM"]}
    messenger.post(f"{messenger.page}/moderate_conversations", body)
    assert len(messenger.get(f"{messenger.page}/blocked")["data"]) == 1
    messenger.call("DELETE", f"{messenger.page}/blocked", params={"psid": psid})
    assert messenger.get(f"{messenger.page}/blocked")["data"] == []


@pytest.mark.parametrize("network", ["facebook", "messenger"])
def test_apps_of_a_page_are_listed_changed_and_removed(sandbox: Running, network: str) -> None:
    graph = Graph(sandbox.credentials(network))
    path, mine = f"{graph.page}/subscribed_apps", graph.credentials["app_id"]
    assert {one["id"] for one in graph.get(path)["data"]} == {
        sandbox.credentials(name)["app_id"] for name in ("facebook", "messenger")
    }
    graph.call("POST", path, params={"subscribed_fields": "feed,messages"})
    fields = {one["id"]: one["subscribed_fields"] for one in graph.get(path)["data"]}
    assert fields[mine] == ["feed", "messages"]
    assert graph.refused("POST", path, {"subscribed_fields": "gossip"})["code"] == 100
    graph.call("DELETE", path)
    assert mine not in {one["id"] for one in graph.get(path)["data"]}
    graph.close()


def test_a_token_can_be_looked_at(sandbox: Running, facebook: Graph) -> None:
    mine = facebook.credentials
    app = f"{mine['app_id']}|{mine['app_secret']}"
    seen = facebook.call("GET", "debug_token", token=app, params={"input_token": mine["page_token"]})
    about = seen.json()["data"]
    assert about["is_valid"]
    assert about["profile_id"] == facebook.page
    assert "pages_messaging" in about["scopes"]
    assert about["expires_at"] == 0
