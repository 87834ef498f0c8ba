from django.urls import include, path

from heard import probes

urlpatterns = [
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
    path("metrics", probes.metrics),
    path("", include("heard.web.sign_in.urls")),
    path("", include("heard.web.settings.urls")),
    path("", include("heard.web.inboxes.urls")),
    path("", include("heard.web.ledger.urls")),
]

handler400 = "heard.web.errors.bad_request"
handler403 = "heard.web.errors.forbidden"
handler404 = "heard.web.errors.not_found"
handler500 = "heard.web.errors.crashed"
