// Put fresh parts in place of old ones, and leave alone whatever somebody is working in.
import { inField } from "heard/ask";

// The only place where a text becomes elements. It comes from our own server, escaped by the templates.
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export function patch(fragment) {
  const changed = [];
  for (const fresh of [...fragment.children]) {
    const here = fresh.id && document.getElementById(fresh.id);
    if (!here) continue;
    if (here.id === "rows") here.closest("heard-list").take(fresh);
    else if (here.hasAttribute("data-keyed")) changed.push(...reconcile(here, fresh));
    else changed.push(...replaced(here, fresh));
  }
  return changed;
}

export function apply(html) {
  patch(parsed(html));
}

export function reconcile(here, fresh) {
  const changed = [];
  const wanted = new Set([...fresh.children].map((child) => child.id));
  for (const child of [...here.children]) if (!wanted.has(child.id)) child.remove();
  let before = here.firstElementChild;
  for (const child of [...fresh.children]) {
    const mine = document.getElementById(child.id);
    if (!mine) {
      child.classList.add("arrives");
      here.insertBefore(child, before);
      changed.push(child);
      window.htmx.process(child);
      continue;
    }
    if (mine !== before) here.insertBefore(mine, before);
    const [now] = replaced(mine, child);
    if (now) changed.push(now);
    before = (now ?? mine).nextElementSibling;
  }
  return changed;
}

export function replaced(here, fresh) {
  const same = here.dataset.version !== undefined && here.dataset.version === fresh.dataset.version;
  if (same || isBusy(here)) return [];
  const focused = here.contains(document.activeElement) ? document.activeElement.id || true : null;
  const open = [...here.querySelectorAll("details[open]")].length > 0;
  if (open) for (const details of fresh.querySelectorAll("details")) details.open = true;
  here.replaceWith(fresh);
  window.htmx.process(fresh);
  if (typeof focused === "string") document.getElementById(focused)?.focus();
  else if (focused) fresh.querySelector("a, button")?.focus({ preventScroll: true });
  return [fresh];
}

function isBusy(element) {
  return element.querySelector(":popover-open") !== null || (element.contains(document.activeElement) && inField(document.activeElement));
}
