"""Are you the same person as …? The page behind the link in a mail to an address that somebody named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heard.channels.registry import channel
from heard.confirming.attempts import too_many
from heard.portal.public import page, public
from heard.portal.tickets.asking import slow_down
from heard.portal.tickets.whose import ip_of
from heard.tickets.proof_link import UsedUp, answer, claim_of


@require_http_methods(["GET", "HEAD", "POST"])
@public
def same(request: HttpRequest, signed: str) -> HttpResponse:
    """Programs open every link in a mail, so looking says neither yes nor no."""
    now = timezone.now()
    if request.method == "POST" and too_many(now=now, ip=ip_of(request)):
        return slow_down(request)
    try:
        if request.method != "POST":
            claim = claim_of(signed, now=now)
            context = {
                "who": claim.claimant.name or claim.claimant.handle,
                "network": channel(claim.claimant.inbox.channel).name,
                "address": claim.identity.address,
            }
            return page(request, "same/ask.html", context, company=claim.workspace.name)
        yes = request.POST.get("same") == "yes"
        claim = answer(signed, same=yes, now=now)
    except UsedUp:
        return page(request, "same/used.html", {}, company="", status=404)
    return page(request, "same/answered.html", {"yes": yes}, company=claim.workspace.name)
