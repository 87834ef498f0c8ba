"""Our own posts on a page, by Heard's adapter: they stand there, and comments on them come as hooks."""

from __future__ import annotations

from heard.channels.contract import Hook, MessageIn, NewPost, PostPublished, Upload
from heard.channels.facebook.channel import Facebook
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.tests.wire import HttpWire
from heard.sandbox.running import Running
from heard.sandbox.scenes import png
from heard.sandbox.tests.hooks import Receiver

FACEBOOK = Facebook()


def test_posts_are_published_and_commented_on(sandbox: Running, receiver: Receiver) -> None:
    wire = HttpWire(FacebookCredentials.model_validate(sandbox.credentials("facebook")))
    receiver.verify_token = wire.credentials.verify_token.get_secret_value()
    FACEBOOK.subscribe(wire, hook_url=receiver.url)
    drawn = [png("picture", name) or b"" for name in ("mug", "bowl")]
    mug, bowl = (Upload("x.png", "image/png", content, alt="Seen from above") for content in drawn)
    words = FACEBOOK.publish(NewPost(text="Open on Sunday", token="p1"), wire)
    one = FACEBOOK.publish(NewPost(text="New mugs", token="p2", pictures=[mug]), wire)
    two = FACEBOOK.publish(NewPost(text="Mugs and bowls", token="p3", pictures=[mug, bowl]), wire)
    posts = {post["id"]: post for post in sandbox.state("facebook")["posts"]}
    assert [len(posts[sent.external_id]["media"]) for sent in (words, one, two)] == [0, 1, 2]
    assert {media["alt"] for media in posts[two.external_id]["media"]} == {"Seen from above"}
    assert all(sent.permalink for sent in (words, one, two))

    said = sandbox.say("facebook", by="jana", text="Lovely", under=two.external_id)
    sandbox.settled("facebook")
    facts = [fact for _, body in receiver.calls for fact in FACEBOOK.parse(Hook("POST", {}, {}, body))]
    published = {fact.post.external_id for fact in facts if isinstance(fact, PostPublished)}
    assert {sent.external_id for sent in (words, one, two)} <= published
    [comment] = [fact for fact in facts if isinstance(fact, MessageIn)]
    assert comment.external_id == said
    assert comment.post
    assert comment.post.external_id == two.external_id
