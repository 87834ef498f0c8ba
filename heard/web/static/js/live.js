// <heard-live>: when something changed, ask for the parts of this page that it concerns.
import { post, whisper } from "heard/ask";
import { apply } from "heard/patch";
import { released } from "heard/pressed";
import { listen } from "heard/stream";

// After an answer, before the next question: longer while the server is slow, or we would keep it so.
const QUIET_MS = { least: 250, most: 2_000, answers: 2 };
const POLL_MS = 20_000;
const LOOK_MS = 20_000;
const WRITING_MS = 5_000;
const WHERE = ["folder", "inbox", "q"];

class Live extends HTMLElement {
  #wanted = { list: false, ticket: false };
  #asking = false;
  #state = "away";
  #looked = null;
  #wrote = 0;
  #mode = "";

  connectedCallback() {
    const { stream, worker, scope } = this.dataset;
    this.renew = listen({ stream, worker: new URL(worker, location.href), scope }, (said) => this.#hear(said));
    this.timers = [
      setInterval(() => this.#state === "away" && this.#ask({ list: true, ticket: true }), POLL_MS),
      setInterval(() => this.#look(), LOOK_MS),
    ];
    document.addEventListener("heard:stale", this);
    document.addEventListener("heard:opened", this);
    document.addEventListener("heard:writing", this);
    document.addEventListener("heard:away", this);
    document.addEventListener("visibilitychange", this);
    addEventListener("online", this);
    addEventListener("offline", this);
    addEventListener("pagehide", this);
    this.#look();
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval);
  }

  handleEvent({ type, detail }) {
    if (type === "heard:stale") this.#ask({ list: true, ours: true });
    if (type === "heard:opened") this.#look();
    if (type === "heard:writing") this.#write(detail);
    if (type === "visibilitychange" && !document.hidden) this.#ask({ list: true, ticket: true });
    if (type === "online") this.#ask({ list: true, ticket: true });
    if (type === "offline" || type === "heard:away") this.#offline(true);
    if (type === "pagehide") this.#leave();
  }

  get ticket() {
    return document.querySelector("#ticket .ticket");
  }

  #hear({ state, change }) {
    if (state) {
      // What happened while nobody listened is asked for at once.
      if (state === "live" && this.#state !== "live" && this.heardBefore) this.#ask({ list: true, ticket: true });
      this.heardBefore = true;
      this.#state = state;
      this.dataset.state = state;
    }
    if (change) {
      const open = Number(this.ticket?.dataset.id);
      const all = !change.tickets?.length;
      this.#ask({ list: true, ticket: all || change.tickets.includes(open) });
    }
  }

  async #ask({ list = false, ticket = false, ours = false }) {
    this.#wanted.list ||= list;
    this.#wanted.ticket ||= ticket;
    this.#wanted.ours ||= ours;
    if (this.#asking || (document.hidden && !ours)) return;
    this.#asking = true;
    try {
      while (this.#wanted.list || this.#wanted.ticket) {
        const wanted = this.#wanted;
        this.#wanted = { list: false, ticket: false, ours: false };
        const asked = performance.now();
        await this.#fetch(wanted);
        const took = performance.now() - asked;
        const quiet = Math.min(QUIET_MS.most, Math.max(QUIET_MS.least, took * QUIET_MS.answers));
        await new Promise((done) => setTimeout(done, quiet));
      }
    } finally {
      this.#asking = false;
    }
  }

  async #fetch({ list, ticket, ours }) {
    const rows = document.querySelector("heard-list");
    const where = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => WHERE.includes(name)));
    const asked = where.toString();
    if (list && rows) where.set("list", rows.rows.length);
    const open = this.ticket?.dataset.number;
    if (ticket && open) where.set("open", open);
    // The way that the agent has chosen stays chosen: the server learns of it with the draft, perhaps later.
    const via = this.#via();
    if (ticket && open && via) where.set("via", via);
    try {
      // Away, it may need a new key to the stream as well.
      const live = this.#state === "away" ? "away" : "1";
      const answer = await fetch(`${this.dataset.fresh}?${where}`, { headers: { "HX-Request": "true", "X-Heard-Live": live } });
      if (answer.status === 401) return this.#signedOut();
      if (!answer.ok) return;
      const html = await answer.text();
      this.#offline(false);
      await released();
      if (this.#state === "away" && answer.headers.has("X-Stream")) this.renew(answer.headers.get("X-Stream"));
      // Meanwhile the agent may have gone to another folder or ticket: then this is of no use.
      const here = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => WHERE.includes(name)));
      if (here.toString() !== asked || this.ticket?.dataset.number !== open) return this.#ask({ list, ticket, ours });
      // Or have chosen another way, and this answer would undo the choice.
      if (ticket && this.#via() !== via) return this.#ask({ list, ticket, ours });
      if (rows) rows.ours = Boolean(ours);
      apply(html);
      if (rows) rows.ours = false;
      this.#expectSilence();
    } catch {
      this.#offline(true);
    }
  }

  #via() {
    return this.ticket?.querySelector('#panel-private input[name="via"]')?.value;
  }

  // A colleague who stops writing says nothing: look again when their time is over.
  #expectSilence() {
    clearTimeout(this.silence);
    if (document.querySelector("#colleagues[data-writing]")) {
      this.silence = setTimeout(() => this.#ask({ ticket: true }), 9_000);
    }
  }

  #offline(is) {
    const bar = document.getElementById("offline");
    if (bar.hidden === !is) return;
    bar.hidden = !is;
    if (!is) document.dispatchEvent(new CustomEvent("heard:back"));
    if (is) {
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.#ask({ list: true, ticket: true }), 3_000 + Math.random() * 4_000);
    }
  }

  #signedOut() {
    const typed = [...document.querySelectorAll("textarea.panel-text")].some((text) => text.value);
    if (typed) this.#offline(true);
    else location.reload();
  }

  #look() {
    const { ticket } = this;
    if (this.#looked && this.#looked !== ticket?.dataset.leave) whisper(this.#looked);
    this.#looked = ticket?.dataset.leave ?? null;
    if (!ticket || document.hidden) return;
    const writing = Date.now() - this.#wrote < WRITING_MS ? "yes" : "no";
    post(ticket.dataset.look, { writing, mode: this.#mode }).catch(() => this.#offline(true));
  }

  #write(mode) {
    if (Date.now() - this.#wrote < WRITING_MS && mode === this.#mode) return;
    this.#mode = mode;
    this.#wrote = Date.now();
    this.#look();
  }

  #leave() {
    if (this.#looked) whisper(this.#looked);
  }
}

customElements.define("heard-live", Live);
