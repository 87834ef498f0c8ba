// What the gate says of a text: marked in it, mended by a click, answered for, or put aside.
// What a key leads to, whichever of them a finding has first.
const ACTIONS = ["[data-mends]", "[name=override]", "[data-aside]", "[data-shows]"];
const KEYS = { F8: 1, ArrowDown: 1, ArrowUp: -1 };

export class Findings {
  #overridden = new Set();
  #aside = new Set();
  #asked = new WeakMap(); // textarea → the text that the findings in the list are about
  #marks = new WeakMap(); // textarea → its layer of marks
  #sizes = new ResizeObserver((seen) => requestAnimationFrame(() => seen.forEach(({ target }) => this.#lay(target))));

  constructor(composer) {
    this.composer = composer;
    for (const type of ["click", "change", "input", "keydown", "focusin", "focusout"]) composer.addEventListener(type, this);
    composer.addEventListener("scroll", this, true);
    composer.addEventListener("htmx:beforeRequest", ({ target }) => this.#ask(target));
    composer.addEventListener("htmx:beforeSwap", ({ target }) => this.#remember(target));
    composer.addEventListener("htmx:afterSwap", ({ target }) => this.#found(target));
    for (const list of composer.querySelectorAll(".findings")) this.#begin(list);
  }

  // A draft that was kept has been looked at by nobody since the page was opened.
  #begin(list) {
    const text = textOf(list);
    this.#asked.set(text, text.value);
    this.#sizes.observe(text);
    if (list.children.length) this.#found(list);
    else if (text.value.trim()) {
      const address = text.getAttribute("hx-post");
      requestAnimationFrame(() => window.htmx?.ajax("POST", address, { source: text, target: list, swap: "innerHTML" }));
    }
  }

  handleEvent(event) {
    const { target, type } = event;
    const finding = target.closest?.(".finding");
    if (type === "click" && finding) this.#click(event, finding);
    if (type === "change" && target.name === "override") this.#override(target);
    if (type === "input" && target.matches(".panel-text")) this.#draw(target);
    if (type === "keydown") this.#key(event, finding);
    if (type === "focusin") this.#point(finding);
    if (type === "focusout" && finding) this.#point(null);
    if (type === "scroll" && target.matches?.(".panel-text")) this.#scroll(target);
  }

  #click({ target }, finding) {
    const text = textOf(finding);
    if (!text) return;
    if (target.closest("[data-mends]")) this.#mend(finding, text, target.closest("[data-mends]").dataset.with);
    else if (target.closest("[data-shows]")) this.#show(finding, text);
    else if (target.closest("[data-aside]")) this.#putAside(finding, text);
  }

  // F8 and Alt with an arrow lead from finding to finding; Escape leads back to the text.
  #key(event, finding) {
    const list = event.target.closest(".panel")?.querySelector(".findings");
    if (!list) return;
    const jumps = event.key === "F8" || (event.altKey && !event.ctrlKey && !event.metaKey && event.key.startsWith("Arrow"));
    const step = jumps && KEYS[event.key] * (event.key === "F8" && event.shiftKey ? -1 : 1);
    if (step) {
      event.preventDefault();
      this.#jump([...list.querySelectorAll(".finding:not([hidden])")], finding, step);
    }
    if (event.key === "Escape" && finding) {
      event.preventDefault();
      event.stopPropagation();
      this.#show(finding, textOf(finding));
    }
  }

  #jump(findings, here, step) {
    if (!findings.length) return;
    const at = here ? findings.indexOf(here) + step : step > 0 ? 0 : -1;
    const next = findings.at(at % findings.length);
    next.scrollIntoView({ block: "nearest" });
    const place = ACTIONS.map((action) => next.querySelector(action)).find((one) => one) ?? next;
    if (place === next) next.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  #show(finding, text) {
    const [start, end] = this.#place(finding, text) ?? [text.selectionStart, text.selectionEnd];
    text.focus();
    text.setSelectionRange(start, end);
  }

  // As if it had been typed, so that it can be undone.
  #mend(finding, text, by) {
    const place = this.#place(finding, text);
    if (!place) return;
    text.focus();
    text.setSelectionRange(...place);
    const typed = by ? document.execCommand("insertText", false, by) : document.execCommand("delete");
    if (!typed) {
      text.setRangeText(by, ...place, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    finding.remove();
    this.#draw(text);
  }

  #putAside(finding, text) {
    this.#aside.add(keyOf(finding));
    finding.hidden = true;
    this.#draw(text);
    text.focus();
  }

  // Findings come anew with every pause in typing; what somebody said of them stays said.
  #override({ value, checked }) {
    if (checked) this.#overridden.add(value);
    else this.#overridden.delete(value);
  }

  // What the server is asked about now, for the answer counts its places in that.
  #ask(element) {
    const text = element.closest?.(".panel")?.querySelector("textarea.panel-text");
    if (text) this.asking = { text, value: text.value };
  }

  #remember(list) {
    if (list.matches?.(".findings") && list.contains(document.activeElement)) this.focused = document.activeElement.id;
  }

  #found(list) {
    for (const box of this.composer.querySelectorAll('[name="override"]')) box.checked ||= this.#overridden.has(box.value);
    if (!list.matches?.(".findings")) return;
    const text = textOf(list);
    this.#asked.set(text, this.asking?.text === text ? this.asking.value : text.value);
    for (const one of list.querySelectorAll(".finding")) one.hidden = this.#aside.has(keyOf(one));
    if (this.focused && document.activeElement === document.body) (document.getElementById(this.focused) ?? text).focus();
    this.focused = "";
    this.#draw(text);
    this.#tell(list);
  }

  // How many there are is said once, not with every pause in typing.
  #tell(list) {
    const told = list.parentElement.querySelector(":scope > .findings-told") ?? document.createElement("p");
    if (!told.isConnected) {
      told.className = "findings-told unseen";
      told.role = "status";
      list.after(told);
    }
    const count = list.querySelector(".findings-count")?.textContent ?? "";
    if (told.textContent !== count) told.textContent = count;
  }

  // Where a finding stands by now: what was typed since the server looked moves it, or makes it void.
  #place(finding, text) {
    const before = this.#asked.get(text) ?? text.value;
    const letters = [...before];
    const [start, end] = finding.dataset.span.split(",").map(Number);
    const from = letters.slice(0, start).join("").length;
    const to = from + letters.slice(start, end).join("").length;
    const [same, rest] = alike(before, text.value);
    const moved = text.value.length - before.length;
    if (to <= same) return [from, to];
    if (from >= before.length - rest) return [from + moved, to + moved];
    return null;
  }

  // A copy of the text behind the text, in which only the lines under the findings can be seen.
  #draw(text) {
    const places = [...(text.form?.querySelectorAll(".finding[data-span]:not([hidden], [data-whole])") ?? [])]
      .map((finding) => ({ finding, place: this.#place(finding, text) }))
      .filter(({ place }) => place && place[1] > place[0])
      .sort((one, other) => one.place[0] - other.place[0]);
    const layer = this.#layer(text, places.length > 0);
    if (!layer) return;
    const parts = [];
    let at = 0;
    for (const { finding, place: [start, end] } of places) {
      if (start < at) continue;
      const mark = document.createElement("mark");
      mark.className = `mark mark-${finding.dataset.weight}`;
      mark.textContent = text.value.slice(start, end);
      mark.finding = finding;
      parts.push(text.value.slice(at, start), mark);
      at = end;
    }
    layer.replaceChildren(...parts, `${text.value.slice(at)}\n`);
    this.#lay(text);
  }

  #layer(text, wanted) {
    if (!this.#marks.has(text) && wanted) {
      const layer = document.createElement("div");
      layer.className = "panel-text panel-marks";
      layer.ariaHidden = "true";
      text.before(layer);
      this.#marks.set(text, layer);
    }
    const layer = this.#marks.get(text);
    if (layer) layer.hidden = !wanted;
    return layer;
  }

  #lay(text) {
    const layer = this.#marks.get(text);
    if (!layer || layer.hidden) return;
    layer.dir = getComputedStyle(text).direction;
    layer.style.insetBlockStart = `${text.offsetTop}px`;
    layer.style.left = `${text.offsetLeft + text.clientLeft}px`;
    layer.style.inlineSize = `${text.clientWidth}px`;
    layer.style.blockSize = `${text.clientHeight}px`;
    this.#scroll(text);
  }

  #scroll(text) {
    const layer = this.#marks.get(text);
    if (layer) layer.scrollTop = text.scrollTop;
  }

  #point(finding) {
    for (const mark of this.composer.querySelectorAll(".panel-marks .mark")) {
      const here = finding !== null && mark.finding === finding;
      mark.classList.toggle("mark-here", here);
      if (here) this.#bring(finding, mark);
    }
  }

  #bring(finding, mark) {
    const text = textOf(finding);
    const seen = mark.offsetTop >= text.scrollTop && mark.offsetTop + mark.offsetHeight <= text.scrollTop + text.clientHeight;
    if (!seen) text.scrollTop = mark.offsetTop - text.clientHeight / 2;
  }
}

function textOf(element) {
  return element.closest(".panel")?.querySelector("textarea.panel-text") ?? null;
}

function keyOf(finding) {
  return `${finding.dataset.finding} ${finding.dataset.said}`;
}

// How many units two texts share at their beginnings and at their ends.
function alike(one, other) {
  const most = Math.min(one.length, other.length);
  let same = 0;
  while (same < most && one[same] === other[same]) same += 1;
  let rest = 0;
  while (rest < most - same && one.at(-1 - rest) === other.at(-1 - rest)) rest += 1;
  return [same, rest];
}
