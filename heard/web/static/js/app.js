// What every page needs. Elements add comfort; each page works without them.
import "heard/ago";
import "heard/clock";
import "heard/composer";
import "heard/heard-letter";
import "heard/list";
import "heard/live";
import "heard/macros";
import "heard/menu";
import "heard/palette";
import "heard/panes";
import "heard/picker";
import "heard/split";
import "heard/toast";
import { csrf } from "heard/ask";
import { open } from "heard/keys";
import { patch } from "heard/patch";
import { toast } from "heard/toast";

const { htmx } = window;

htmx.defineExtension("patch", {
  isInlineSwap: (style) => style === "patch",
  handleSwap(style, _target, fragment) {
    if (style !== "patch") return false;
    return patch(fragment);
  },
});
document.body.setAttribute("hx-ext", "patch");

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrf();
});

for (const failed of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failed, () => document.dispatchEvent(new CustomEvent("heard:away")));
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  const place = document.getElementById("trouble");
  const gone = detail.xhr.status === 404;
  if (place) toast(gone ? place.dataset.gone : place.dataset.failed, { late: true });
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = button.dataset.copies;
  const isPath = text.startsWith("/") && !("asItIs" in button.dataset);
  await navigator.clipboard.writeText(isPath ? new URL(text, location.href).href : text);
  button.closest("[popover]")?.hidePopover();
  toast(button.dataset.copied);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (button) open(button.dataset.opens);
});
