from __future__ import annotations

from django.urls import path

from heard.web.publishing import agreeing, calendar, composing, files, plan

urlpatterns = [
    path("posts", calendar.show, name="posts"),
    path("posts/to-approve", agreeing.queue, name="posts_to_approve"),
    path("posts/new", composing.new, name="post_new"),
    path("posts/preview", composing.preview, name="post_preview"),
    path("posts/<int:plan_id>", plan.show, name="post"),
    path("posts/<int:plan_id>/change", composing.change, name="post_change"),
    path("posts/<int:plan_id>/approve", agreeing.approve, name="post_approve"),
    path("posts/<int:plan_id>/send-back", agreeing.send_back, name="post_send_back"),
    path("posts/<int:plan_id>/cancel", plan.cancel, name="post_cancel"),
    path("posts/<int:plan_id>/take-out", plan.take_out, name="post_take_out"),
    path(
        "posts/<int:plan_id>/publications/<int:publication_id>/there",
        plan.it_is_there,
        name="publication_there",
    ),
    path(
        "posts/<int:plan_id>/publications/<int:publication_id>/again",
        plan.publish_again,
        name="publication_again",
    ),
    path("posts/pictures/<uuid:key>", files.picture, name="planned_picture"),
]
