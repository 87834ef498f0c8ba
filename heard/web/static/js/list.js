// <heard-list>: the rows. None of them moves while somebody points at them or walks along them.
import { replaced } from "heard/patch";

const HELD_BACK = ["waiting", "mine", "unassigned"];

class List extends HTMLElement {
  #held = null;

  connectedCallback() {
    this.scroller = this.querySelector("#rows-scroll");
    this.pill = this.querySelector(".new-rows");
    this.pill.addEventListener("click", () => {
      this.release();
      this.scroller.scrollTo({ top: 0 });
    });
    this.addEventListener("pointerleave", () => this.#isHeld() || this.release());
    this.scroller.addEventListener("focusout", () => setTimeout(() => this.#isHeld() || this.release()));
    this.mark();
  }

  get rows() {
    return [...this.querySelectorAll(".row:not(.leaves)")];
  }

  get current() {
    return this.rows.find((row) => row.querySelector('[aria-current="true"]'));
  }

  // Which row is the open ticket's.
  mark({ reveal = false } = {}) {
    const open = document.querySelector("#ticket .ticket")?.dataset.number;
    for (const row of this.rows) {
      const link = row.firstElementChild;
      if (row.dataset.number === open) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (reveal) this.current?.scrollIntoView({ block: "nearest" });
  }

  move(step) {
    const links = this.rows.map((row) => row.firstElementChild);
    if (!links.length) return;
    const from = links.indexOf(document.activeElement.closest?.(".row-link"));
    const at = from >= 0 ? from : this.rows.indexOf(this.current);
    const to = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
    links[to].focus();
    links[to].scrollIntoView({ block: "nearest" });
  }

  // The number of the ticket to go on with, or nothing where nobody waits.
  next() {
    const { folder = "waiting", q } = Object.fromEntries(new URLSearchParams(location.search));
    if (q || !HELD_BACK.includes(folder)) return "";
    const { rows, current } = this;
    const at = rows.indexOf(current);
    const after = rows.slice(at + 1).concat(rows.slice(0, Math.max(0, at)));
    return after.find((row) => !row.classList.contains("gone"))?.dataset.number ?? "";
  }

  // Fresh rows from the server. `ours`: the agent just did something and expects to see it.
  take(fresh, { ours = this.ours } = {}) {
    if (this.#isHeld() && !ours) return this.#hold(fresh);
    this.#held = null;
    this.pill.hidden = true;
    this.#settle(fresh);
  }

  release() {
    if (!this.#held) return;
    const fresh = this.#held;
    this.#held = null;
    this.pill.hidden = true;
    this.#settle(fresh);
  }

  #isHeld() {
    return this.matches(":hover") || this.scroller.querySelector(":focus-visible") !== null;
  }

  #hold(fresh) {
    const wanted = new Map([...fresh.children].map((row) => [row.id, row]));
    for (const row of this.rows) {
      row.classList.toggle("gone", !wanted.has(row.id));
      if (wanted.has(row.id)) this.#renew(row, wanted.get(row.id).cloneNode(true));
    }
    const added = [...wanted.values()].filter((row) => row.matches(".row") && !document.getElementById(row.id));
    this.#held = fresh;
    this.pill.hidden = added.length === 0;
    const { one, many } = this.pill.dataset;
    const text = added.length === 1 ? one : many.replace("{count}", added.length);
    this.pill.querySelector("span").textContent = text;
  }

  #settle(fresh) {
    const rows = this.querySelector("#rows");
    const wanted = new Set([...fresh.children].map((row) => row.id));
    for (const row of [...rows.children]) if (!wanted.has(row.id)) this.#leave(row);
    let before = rows.firstElementChild;
    for (const row of [...fresh.children]) {
      while (before?.classList.contains("leaves")) before = before.nextElementSibling;
      const mine = document.getElementById(row.id);
      if (!mine || mine.classList.contains("leaves")) {
        mine?.remove();
        row.classList.add("arrives");
        rows.insertBefore(row, before);
        window.htmx.process(row);
      } else {
        if (mine !== before) rows.insertBefore(mine, before);
        mine.classList.remove("gone");
        before = this.#renew(mine, row).nextElementSibling;
      }
    }
    this.mark();
  }

  #renew(row, fresh) {
    const [now] = replaced(row, fresh);
    if (now && row.querySelector('[aria-current="true"]')) now.firstElementChild.setAttribute("aria-current", "true");
    return now ?? row;
  }

  #leave(row) {
    if (!row.matches(".row")) return row.remove();
    row.classList.add("leaves");
    row.removeAttribute("id");
    setTimeout(() => row.remove(), 170);
  }
}

customElements.define("heard-list", List);
