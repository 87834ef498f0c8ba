"""One line for a web site: a script that puts the form where it stands, as high as it needs to be."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from heard.env import env
from heard.forms.models import Form
from heard.portal.forms.framed import of_a_form

SCRIPT = """(() => {
  const form = %s;
  const here = document.currentScript;
  const frame = document.createElement("iframe");
  const asked = new URLSearchParams(here.dataset);
  // A form that turns dark in a page that never does would be a hole in it.
  asked.set("frame", getComputedStyle(here.parentElement).colorScheme.includes("dark") ? "1" : "light");
  frame.src = `${form.address}?${asked}`;
  frame.title = form.title;
  frame.style.cssText = "border:0;inline-size:100%%;min-block-size:24rem;color-scheme:normal";
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== new URL(form.address).origin) return;
    const height = Number(event.data?.heardFormHeight);
    if (height > 0 && height < 20000) frame.style.blockSize = `${height}px`;
  });
  // After sending there is another page in it: who pressed the button at its end looks at its beginning.
  frame.addEventListener("load", () => {
    if (frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
  here.after(frame);
})();
"""


@require_safe
@of_a_form
def script(request: HttpRequest, form: Form) -> HttpResponse:
    address = f"{env().public_url}{reverse('form', kwargs={'address': form.address})}"
    # As JSON, with nothing in it that could end the script of a page that prints it.
    told = json.dumps({"address": address, "title": form.name}).replace("<", "\\u003c")
    response = HttpResponse(SCRIPT % told, content_type="text/javascript; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
