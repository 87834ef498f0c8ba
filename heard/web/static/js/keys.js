// Keys for those who answer a hundred messages a day. Never while typing; everything is also a button.
import { inField } from "heard/ask";

const isMac = navigator.platform.startsWith("Mac");

document.addEventListener("keydown", (event) => {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    return open("palette");
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (inField(event.target)) return leaveField(event);
  if (document.querySelector("dialog[open], :popover-open")) return;
  if (event.key === "?") return open("keys");
  if (event.key === "j" || event.key === "k") {
    return document.querySelector("heard-list")?.move(event.key === "j" ? 1 : -1);
  }
  const wanted = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)].find((one) => !one.disabled);
  if (!wanted) return;
  event.preventDefault();
  use(wanted);
});

export function use(element) {
  if (!element.matches("input")) return element.click();
  element.focus();
  element.select();
}

export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  // Before it is shown: the first letters typed are meant for it already.
  dialog.dispatchEvent(new CustomEvent("heard:open"));
  dialog.showModal();
}

function leaveField(event) {
  if (event.key === "Escape" && event.target.matches(".panel-text, #q")) {
    event.target.blur();
    document.querySelector("#conversation, .row-link")?.focus({ preventScroll: true });
  }
}
