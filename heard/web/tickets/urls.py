from django.urls import path

from heard.web.tickets import looking, messages, replying, template, verbs, views

urlpatterns = [
    path("", views.tickets, name="tickets"),
    path("/fresh", views.fresh, name="tickets-fresh"),
    path("/<int:number>", views.ticket, name="ticket"),
    path("/<int:number>/composer", views.composer, name="composer"),
    path("/<int:number>/tags", views.tags, name="tag-suggestions"),
    path("/<int:number>/reply", replying.reply, name="reply"),
    path("/<int:number>/template", template.template, name="template"),
    path("/<int:number>/note", replying.note, name="note"),
    path("/<int:number>/check", replying.check, name="check"),
    path("/<int:number>/draft", replying.draft, name="draft"),
    path("/<int:number>/look", looking.look, name="look"),
    path("/<int:number>/leave", looking.leave, name="leave"),
    path("/<int:number>/assign", verbs.assign, name="assign"),
    path("/<int:number>/snooze", verbs.snooze, name="snooze"),
    path("/<int:number>/wake", verbs.wake, name="wake"),
    path("/<int:number>/resolve", verbs.resolve, name="resolve"),
    path("/<int:number>/dismiss", verbs.dismiss, name="dismiss"),
    path("/<int:number>/answered", verbs.answered, name="answered"),
    path("/<int:number>/reopen", verbs.reopen, name="reopen"),
    path("/<int:number>/prioritise", verbs.prioritise, name="prioritise"),
    path("/<int:number>/tag", verbs.tag, name="tag"),
    path("/<int:number>/messages/<int:message>/like", messages.like, name="like"),
    path("/<int:number>/messages/<int:message>/hide", messages.hide, name="hide"),
    path("/<int:number>/messages/<int:message>/repost", messages.repost, name="repost"),
    path("/<int:number>/messages/<int:message>/cancel", messages.cancel, name="cancel"),
    path("/<int:number>/messages/<int:message>/send-again", messages.send_again, name="send-again"),
    path("/<int:number>/messages/<int:message>/was-sent", messages.was_sent, name="was-sent"),
]
