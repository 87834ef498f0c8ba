// Keeps an open page up to date: asks for the same page again and takes over what changed, piece by piece,
// so that nothing typed, opened or focused is lost. Without scripts every form works by itself.
"use strict";

const spoken = document.getElementById("spoken");
let looking = false;
let lookAgain = false;

function nearest(element, selector) {
  return [...element.querySelectorAll(selector)].filter((one) => one.parentElement.closest("[data-key]") === element);
}

function busy(element) {
  return element.contains(document.activeElement) && document.activeElement.matches("textarea, input, select");
}

function mergeParts(old, fresh) {
  const parts = nearest(old, "[data-part]");
  nearest(fresh, "[data-part]").forEach((part, place) => {
    const mine = parts[place];
    if (mine && mine.outerHTML !== part.outerHTML && !busy(mine) && !mine.querySelector("details[open]")) {
      mine.replaceWith(part);
    }
  });
}

function mergeList(old, fresh) {
  const known = new Map([...old.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const child of [...fresh.children]) {
    const key = child.dataset.key;
    let mine = known.get(key);
    if (mine && key) {
      merge(mine, child);
    } else {
      mine = child;
      mine.classList.add("arriving");
      say(mine);
    }
    known.delete(key);
    const next = before ? before.nextSibling : old.firstChild;
    if (next !== mine) old.insertBefore(mine, next);
    before = mine;
  }
  for (const gone of [...old.children]) {
    if (known.has(gone.dataset.key) && !busy(gone)) gone.remove();
  }
}

function merge(old, fresh) {
  mergeParts(old, fresh);
  for (const list of nearest(fresh, "[data-list]")) {
    const mine = nearest(old, "[data-list]").find((one) => one.dataset.list === list.dataset.list);
    if (mine) mergeList(mine, list);
  }
}

function say(element) {
  const text = element.querySelector("[data-say]");
  if (text) spoken.textContent = text.dataset.say;
}

async function look() {
  if (looking) { lookAgain = true; return; }
  looking = true;
  do {
    lookAgain = false;
    try {
      const answer = await fetch(location.href);
      if (answer.ok) take(await answer.text());
    } catch { /* The sandbox is away: the event source comes back by itself. */ }
  } while (lookAgain);
  looking = false;
}

function take(html) {
  const log = document.querySelector("[data-scroll]");
  const atEnd = log && log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  merge(document.body, new DOMParser().parseFromString(html, "text/html").body);
  if (atEnd) log.scrollTop = log.scrollHeight;
  markRead();
}

async function send(form, button) {
  const fields = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
  if (!answer.ok) {
    const problem = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("problem");
    spoken.textContent = problem ? problem.textContent : answer.statusText;
    spoken.classList.remove("visually-hidden");
    return;
  }
  spoken.classList.add("visually-hidden");
  if (form.classList.contains("composer")) form.reset();
  form.closest("details")?.removeAttribute("open");
  document.activeElement.matches("textarea") || document.activeElement.blur();
  await look();
}

function markRead() {
  const form = document.querySelector("[data-read]");
  if (!form || document.hidden) return;
  const newest = [...document.querySelectorAll(".theirs")].at(-1)?.dataset.key;
  if (!newest || newest === form.dataset.done) return;
  form.dataset.done = newest;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-quiet]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("change", (event) => {
  event.target.closest("[data-autosend]")?.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("[data-enter]")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("visibilitychange", markRead);

document.documentElement.classList.add("scripted");
const log = document.querySelector("[data-scroll]");
if (log) log.scrollTop = log.scrollHeight;
markRead();
const made = document.getElementById("changes");
if (made) {
  const line = new EventSource(`/live?seen=${made.dataset.changes}`);
  let lost = false;
  line.onmessage = look;
  line.onerror = () => { lost = true; };
  line.onopen = () => { if (lost) { lost = false; look(); } };
}
