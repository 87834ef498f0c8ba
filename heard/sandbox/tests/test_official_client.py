"""The network's own client library, pointed at the twin: if it is content, the twin is true."""

from __future__ import annotations

import warnings

import pytest
from pytest_httpserver import HTTPServer

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from facebook_business.adobjects.comment import Comment
    from facebook_business.adobjects.igcomment import IGComment
    from facebook_business.adobjects.igmedia import IGMedia
    from facebook_business.adobjects.iguser import IGUser
    from facebook_business.adobjects.page import Page
    from facebook_business.adobjects.pagepost import PagePost
    from facebook_business.api import FacebookAdsApi
    from facebook_business.exceptions import FacebookRequestError
    from facebook_business.session import FacebookSession


@pytest.fixture
def api(facebook: Graph) -> FacebookAdsApi:
    mine = facebook.credentials
    session = FacebookSession(mine["app_id"], mine["app_secret"], mine["page_token"])
    session.GRAPH = mine["base_url"].rpartition("/")[0]
    return FacebookAdsApi(session, api_version="v26.0")


def test_the_page_is_read_and_written(sandbox: Running, facebook: Graph, api: FacebookAdsApi) -> None:
    page = Page(facebook.page, api=api)
    assert page.api_get(fields=["name"])["name"] == "Acme Shop"
    post = page.create_feed(params={"message": "From the official client"})
    feed = list(page.get_feed(fields=["id", "message", "full_picture"], params={"limit": 2}))
    assert len(feed) == 6
    assert feed[0]["id"] == post["id"]
    assert not list(page.get_ratings())
    PagePost(post["id"], api=api).api_update(params={"message": "Changed"})
    assert PagePost(post["id"], api=api).api_get(fields=["message"])["message"] == "Changed"
    PagePost(post["id"], api=api).api_delete()


def test_comments_are_answered_liked_hidden_and_deleted(
    sandbox: Running, facebook: Graph, api: FacebookAdsApi
) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    comment = Comment(id, api=api)
    reply = comment.create_comment(params={"message": "Hi", "attachment_url": "https://example.org/a.gif"})
    comment.create_like()
    comment.api_update(params={"is_hidden": True})
    seen = comment.api_get(fields=["from", "is_hidden", "like_count", "can_reply_privately"])
    assert (seen["is_hidden"], seen["like_count"]) == (True, 1)
    assert [one["message"] for one in comment.get_comments(fields=["message"])] == ["Hi"]
    comment.delete_likes()
    Comment(reply["id"], api=api).api_delete()
    with pytest.raises(FacebookRequestError) as gone:
        Comment(reply["id"], api=api).api_get()
    assert (gone.value.api_error_code(), gone.value.api_error_subcode()) == (100, 33)


def test_messages_are_sent_and_conversations_read(
    sandbox: Running, facebook: Graph, api: FacebookAdsApi
) -> None:
    page = Page(facebook.page, api=api)
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    page.create_message(
        params={"recipient": {"id": psid}, "message": {"text": "Hi"}, "messaging_type": "RESPONSE"}
    )
    [thread] = page.get_conversations(params={"platform": "MESSENGER", "user_id": psid})
    assert thread["id"].startswith("t_")
    page.create_subscribed_app(params={"subscribed_fields": ["feed", "messages"]})
    assert len(list(page.get_subscribed_apps())) == 2
    sandbox.clock(2 * 86400)
    with pytest.raises(FacebookRequestError) as late:
        page.create_message(params={"recipient": {"id": psid}, "message": {"text": "late"}})
    assert late.value.api_error_subcode() == 2018278


def test_instagram_is_read_answered_moderated_and_published(sandbox: Running, httpserver: HTTPServer) -> None:
    mine = sandbox.control("instagram/credentials", query={"login": "facebook"})
    session = FacebookSession(mine["app_id"], mine["app_secret"], mine["access_token"])
    session.GRAPH = mine["base_url"].rpartition("/")[0]
    api = FacebookAdsApi(session, api_version="v26.0")
    account = IGUser(mine["account"], api=api)
    assert account.api_get(fields=["username", "media_count"])["username"] == "acme.shop"
    newest = next(iter(account.get_media(fields=["caption", "permalink", "comments_count"])))
    id = sandbox.say("instagram", by="jana", text="price?", under=newest["id"])
    [comment] = IGMedia(newest["id"], api=api).get_comments(fields=["text", "username", "from"])
    assert (comment["id"], comment["text"], comment["username"]) == (id, "price?", "jana")
    IGComment(id, api=api).create_reply(params={"message": "25 euros"})
    assert [one["text"] for one in IGComment(id, api=api).get_replies(fields=["text"])] == ["25 euros"]
    IGComment(id, api=api).api_update(params={"hide": True})
    assert IGComment(id, api=api).api_get(fields=["hidden"])["hidden"] is True
    IGComment(id, api=api).api_delete()

    mention = sandbox.say("instagram", by="maja", kind="mention", text="@acme.shop")
    [row] = sandbox.state("instagram")["mentions"]
    account.create_mention(params={"media_id": row["post"], "comment_id": mention, "message": "Hi"})

    httpserver.expect_request("/mug.jpg").respond_with_data(b"\xff\xd8\xff mug")
    made = account.create_media(
        params={"image_url": httpserver.url_for("/mug.jpg"), "caption": "New", "alt_text": "A mug"}
    )
    post = account.create_media_publish(params={"creation_id": made["id"]})
    assert IGMedia(post["id"], api=api).api_get(fields=["caption", "alt_text"])["alt_text"] == "A mug"

    sandbox.say("instagram", by="jana", kind="direct", text="hello")
    igsid = sandbox.state("instagram")["directs"][0]["psid"]
    page = Page("me", api=api)
    page.create_message(params={"recipient": {"id": igsid}, "message": {"text": "Hi"}})
    [thread] = page.get_conversations(params={"platform": "INSTAGRAM", "user_id": igsid})
    assert thread["id"]
