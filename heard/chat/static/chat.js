// The chat window of Heard. One script tag, one element, no cookies: what it must not lose lies in localStorage.
(() => {
  const script = document.currentScript;
  const root = script.src.split(/[?#]/)[0].replace(/\.js$/, "");
  const PLACE = `heard-chat-${root.split("/").pop()}`;
  const OUTBOX = `${PLACE}-line-`;
  const LONGEST_PAUSE = 30_000;
  const SILENCE = 40_000; // the server breathes every 15 s: whoever hears nothing for so long hears nobody
  const EMOJI = "😀 😂 🙂 😉 😍 🤔 😢 😡 👍 👎 🙏 👏 🎉 ❤️ 🔥 ✅".split(" ");
  const ICONS = {
    chat: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z",
    close: "M6 6l12 12M18 6L6 18",
    send: "M4 12l16-8-6 17-3-7z",
    attach: "M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7",
    emoji: "M12 3a9 9 0 1 0 .1 0zM8 14s1.500 2 4 2 4-2 4-2M9 9.500h.01M15 9.500h.01",
  };
  const memory = new Map(); // where a browser forbids storage, the window works for as long as the page is open
  const store = {
    get: (name) => { try { return localStorage.getItem(name); } catch { return memory.get(name) ?? null; } },
    set: (name, value) => { try { localStorage.setItem(name, value); } catch { memory.set(name, value); } },
    drop: (name) => { memory.delete(name); try { localStorage.removeItem(name); } catch { /* nothing is kept */ } },
    names: () => { try { return Object.keys(localStorage); } catch { return [...memory.keys()]; } },
  };
  const el = (tag, fields = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(fields)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...inside.filter((one) => one != null));
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const STYLE = `
    :host { all: initial; --ground: #fff; --ink: #1a1d1f; --soft: #5b6368; --line: #d5d9dc; --theirs: #eef1f2; --late: #b3261e;
      font: 16px/1.45 system-ui, sans-serif; color: var(--ink); color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      :host { --ground: #1b1f22; --ink: #eceff1; --soft: #a5adb2; --line: #495157; --theirs: #2a3035; --late: #ffb4ab; } }
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    button, textarea, input { font: inherit; color: inherit; }
    button { cursor: pointer; border: 0; background: none; border-radius: 8px; min-block-size: 44px; min-inline-size: 44px; padding: 0 8px; }
    ::placeholder { color: var(--soft); opacity: 1; }
    :focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    svg { inline-size: 24px; block-size: 24px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round;
      stroke-linecap: round; vertical-align: middle; }
    .door { position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; inline-size: 56px; block-size: 56px;
      border-radius: 28px; background: var(--colour); color: var(--on); box-shadow: 0 2px 12px #0005; }
    .door:focus-visible { outline-color: var(--ink); }
    .badge { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 22px; padding: 0 6px; border-radius: 11px;
      background: var(--late); color: var(--ground); font-size: 13px; line-height: 22px; text-align: center; }
    .panel { position: fixed; z-index: 2147483001; inset-block-end: 88px; inset-inline-end: 20px; inline-size: 372px; block-size: min(600px, calc(100dvh - 108px));
      display: flex; flex-direction: column; overflow: hidden; background: var(--ground); border: 1px solid var(--line); border-radius: 12px;
      box-shadow: 0 6px 30px #0004; animation: come .12s ease-out; }
    :host([position=start]) :is(.door, .panel) { inset-inline: 20px auto; }
    @keyframes come { from { opacity: 0; transform: translateY(8px); } }
    @media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
    @media (max-width: 480px) { :host(:not([preview])) .panel { inset: 0; inline-size: 100%; block-size: 100dvh; border: 0; border-radius: 0; } }
    :host([preview]) { display: flex; flex-direction: column-reverse; align-items: end; max-inline-size: 372px; }
    :host([preview][position=start]) { align-items: start; }
    :host([preview]) .panel { position: static; inline-size: 100%; max-inline-size: 372px; block-size: 480px; animation: none; }
    :host([preview]) .door { position: relative; inset: auto; margin-block-start: 12px; }
    .head { display: flex; align-items: center; gap: 8px; padding-block: 8px; padding-inline: 16px 8px; background: var(--colour); color: var(--on); }
    .head div { flex: 1; min-inline-size: 0; }
    h2 { margin: 0; font-size: 16px; overflow-wrap: anywhere; }
    .hours { margin: 0; font-size: 14px; }
    .log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; }
    ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 12px; }
    li { max-inline-size: 88%; align-self: start; }
    li.mine { align-self: end; }
    .say { padding: 8px 12px; border-radius: 12px; background: var(--theirs); white-space: pre-wrap; overflow-wrap: anywhere; }
    .mine .say { background: var(--colour); color: var(--on); }
    .say a { color: inherit; }
    .say img { display: block; max-inline-size: 100%; max-block-size: 240px; border-radius: 8px; }
    .under, .typing, .welcome, .trouble { margin: 2px 4px; font-size: 13px; color: var(--soft); }
    .welcome { margin: 0 0 16px; font-size: 16px; color: var(--ink); white-space: pre-wrap; }
    .mine .under { text-align: end; }
    .under button { min-block-size: 24px; text-decoration: underline; }
    .typing { min-block-size: 20px; margin-inline: 16px; }
    .trouble { margin: 0 16px 4px; color: var(--late); }
    form { border-block-start: 1px solid var(--line); padding: 8px; display: flex; flex-wrap: wrap; gap: 4px; align-items: end; }
    textarea { flex: 1 1 140px; resize: none; max-block-size: 140px; min-block-size: 44px; field-sizing: content; }
    textarea, input { padding: 10px; border: 1px solid var(--soft); border-radius: 8px; background: var(--ground); min-inline-size: 0; }
    .leave { flex-direction: column; align-items: stretch; gap: 8px; padding: 12px; }
    .leave textarea { flex: none; min-block-size: 88px; }
    label { display: block; font-size: 14px; }
    label :is(input, textarea) { display: block; inline-size: 100%; margin-block-start: 2px; }
    .primary { background: var(--colour); color: var(--on); }
    .emoji { flex: 1 1 100%; display: flex; flex-wrap: wrap; }
    .emoji button { padding: 0; font-size: 20px; }
    .files { flex: 1 1 100%; display: flex; flex-wrap: wrap; gap: 4px; }
    .files button { border: 1px solid var(--line); font-size: 13px; max-inline-size: 100%; overflow-wrap: anywhere; }
    .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
    @media (forced-colors: active) { .door, .panel, .say { border: 1px solid; } }`;

  class HeardChat extends HTMLElement {
    lines = new Map();
    files = [];
    tries = 0;

    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" });
      if (!this.hasAttribute("preview")) this.start();
    }

    // ── talking to Heard ──

    get token() { return store.get(PLACE); }
    get outbox() {
      const kept = store.names().filter((name) => name.startsWith(OUTBOX)).map((name) => JSON.parse(store.get(name)));
      return kept.sort((one, other) => one.at.localeCompare(other.at));
    }

    async call(verb, body, { method = "POST", headers = {} } = {}) {
      const known = this.token ? { authorization: `Bearer ${this.token}` } : {};
      const raw = body instanceof Blob;
      const typed = body && !raw ? { "content-type": "application/json" } : {};
      return fetch(`${root}/${verb}`, {
        method, headers: { ...known, ...typed, ...headers }, body: raw || !body ? body : JSON.stringify(body),
        credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      });
    }

    async start() {
      const wanted = script.dataset.language || document.documentElement.lang || navigator.language;
      for (let tries = 0; ; tries += 1) {
        const answer = await fetch(`${root}/settings?language=${encodeURIComponent(wanted)}`, { credentials: "omit" }).catch(() => null);
        if (answer?.ok) { this.show(await answer.json()); break; }
        if (answer && answer.status < 500 && answer.status !== 429) return console.warn(`Heard: the chat is not for this site (${answer.status}).`);
        await this.pause(Math.min(LONGEST_PAUSE, 1000 * 2 ** tries) * (0.5 + Math.random() / 2));
      }
      for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => this.hurry());
      document.addEventListener("visibilitychange", () => this.looked());
      addEventListener("storage", ({ key }) => key === PLACE && this.token !== this.used && this.abort?.abort());
      for (const item of this.outbox) this.add(this.asLine(item));
      if (this.token || script.dataset.identity) this.come();
    }

    // A session: the browser's own, or a new one. Once for a page, and again when it no longer counts.
    session() {
      this.begun ??= (async () => {
        const body = { language: this.told.language, page: this.here, identity: script.dataset.identity };
        const answer = await this.call("sessions", body);
        if (!answer.ok) throw answer;
        const { token, identity, goes_on: goesOn } = await answer.json();
        // Somebody else sits here now: nothing of the one before may be shown or sent.
        if (!goesOn) store.names().filter((name) => name.startsWith(`${PLACE}-`)).forEach(store.drop);
        if (token) store.set(PLACE, token);
        if (identity && identity !== "accepted") console.warn(`Heard: the identity was refused (${identity}).`);
      })();
      this.begun.catch(() => { this.begun = null; });
      return this.begun;
    }

    get here() { return { url: location.href, title: document.title }; }

    clear() {
      this.lines.clear();
      this.list.replaceChildren();
      for (const item of this.outbox) this.add(this.asLine(item));
    }

    // Another tab may have a new session for us already.
    lost() {
      if (this.token === this.used) { store.drop(PLACE); this.begun = null; }
    }

    // Holds the stream and empties the outbox, for as long as the page is open.
    async come() {
      if (this.coming) return;
      this.coming = true;
      setInterval(() => this.moved(), 2_000);
      for (;;) {
        try {
          await this.session();
          this.flush();
          await this.listen();
        } catch (error) {
          if (error?.status === 401) this.lost();
          this.tries += 1;
        }
        this.abort = null;
        this.typing.textContent = "";
        if (document.hidden && this.panel.hidden) await new Promise((done) => { this.kick = done; });
        await this.pause(Math.min(LONGEST_PAUSE, 500 * 2 ** this.tries) * (0.5 + Math.random() / 2));
      }
    }

    async listen() {
      if (this.token !== this.used) {
        this.used = this.token;
        this.last = null;
        this.clear();
      }
      const abort = (this.abort = new AbortController());
      let timer;
      const alive = () => { clearTimeout(timer); timer = setTimeout(() => abort.abort(), SILENCE); };
      alive();
      try {
        const answer = await fetch(`${root}/live`, {
          headers: { authorization: `Bearer ${this.token}`, ...(this.last ? { "last-event-id": this.last } : {}) },
          signal: abort.signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
        });
        if (!answer.ok) throw answer;
        const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
        for (let rest = ""; ;) {
          const { value, done } = await reader.read();
          if (done) break;
          alive();
          const events = (rest + value).split("\n\n");
          rest = events.pop();
          events.forEach((event) => this.hear(event));
        }
      } finally { clearTimeout(timer); }
    }

    hear(event) {
      const parts = Object.fromEntries(event.split("\n").map((row) => row.split(/: (.*)/s)));
      if (!parts.data) return;
      this.tries = 0;
      this.say("");
      const told = JSON.parse(parts.data);
      if (parts.id) this.last = parts.id;
      if (parts.event === "line") { if (told.ours) this.typing.textContent = ""; store.drop(OUTBOX + told.id); this.add(told); }
      if (parts.event === "state") this.stands(told);
      if (parts.event === "bye") { this.lost(); this.abort?.abort(); }
    }

    pause(ms) {
      return new Promise((done) => { this.kick = done; setTimeout(done, ms); });
    }

    hurry() { this.tries = 0; this.kick?.(); this.flush(); }

    looked() {
      clearTimeout(this.away);
      if (!document.hidden) { this.hurry(); this.read(); }
      else this.away = setTimeout(() => this.panel.hidden && this.abort?.abort(), 30_000);
    }

    moved() {
      const now = JSON.stringify(this.here);
      if (this.shownPage && this.shownPage !== now && this.token) this.call("page", this.here).catch(() => {});
      this.shownPage = now;
    }

    // ── the outbox: a line is kept here until the stream shows that it arrived ──

    async flush() {
      if (this.flushing || !this.begun) return;
      this.flushing = true;
      try {
        await this.begun;
        for (const item of this.outbox.filter((one) => one.state === "waiting")) {
          const answer = await this.call("lines", item);
          if (answer.ok) this.mark(item, "accepted");
          else if (answer.status === 401) { this.lost(); this.abort?.abort(); break; }
          else if (answer.status === 429) {
            this.say(this.told.texts.slow);
            setTimeout(() => this.flush(), 1000 * (Number(answer.headers.get("retry-after")) || 5));
            break;
          } else if (answer.status < 500) this.mark(item, "failed");
          else throw answer;
        }
      } catch {
        this.say(this.told.texts.waiting);
        setTimeout(() => this.flush(), 2_000 + Math.random() * 3_000);
      } finally { this.flushing = false; }
    }

    mark(item, state) {
      // Meanwhile the stream may have shown it: then nothing is left to keep.
      if (store.get(OUTBOX + item.key)) store.set(OUTBOX + item.key, JSON.stringify({ ...item, state }));
      const line = this.lines.get(item.key);
      if (line?.state) this.add({ ...line, state });
    }

    put(more) {
      const last = Date.parse(this.outbox.at(-1)?.at ?? 0);
      const key = crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (d) => (d ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (d / 4)))).toString(16));
      const item = { key, at: new Date(Math.max(Date.now(), last + 1)).toISOString(), state: "waiting", ...more };
      store.set(OUTBOX + key, JSON.stringify(item));
      this.add(this.asLine(item));
      this.come();
      this.flush();
    }

    asLine(item) {
      return { id: item.key, ours: false, text: item.text, at: item.at, state: item.state, files: item.shown ?? [] };
    }

    // ── what is seen ──

    show(told) {
      this.told = told;
      const { texts } = told;
      this.lang = told.language;
      this.dir = script.dataset.dir || getComputedStyle(document.documentElement).direction;
      this.setAttribute("position", told.position);
      // The side it lies on is the page's, the way its words run is their language's.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`${STYLE} :host { --colour: ${told.colour}; --on: ${told.ink}; } .panel > * { direction: ${told.dir}; }`);
      this.shadowRoot.adoptedStyleSheets = [sheet];
      const press = (name, label, act, fields) => el("button", { type: "button", "aria-label": label, title: label, onclick: act, ...fields }, icon(name));
      this.badge = el("span", { class: "badge", hidden: true });
      this.door = press("chat", texts.open, () => this.toggle(), { class: "door", "aria-expanded": "false", "aria-controls": "panel" });
      this.door.append(this.badge);
      this.list = el("ol", {});
      this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.messages, tabindex: "0" }, el("p", { class: "welcome" }, texts.welcome), this.list);
      this.typing = el("p", { class: "typing", role: "status" });
      this.trouble = el("p", { class: "trouble", role: "status" });
      this.hours = el("p", { class: "hours" });
      this.write = this.writing(texts, press);
      this.leave = this.leaving(texts);
      this.panel = el("section", { class: "panel", id: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: (event) => event.key === "Escape" && this.toggle(false) },
        el("div", { class: "head" }, el("div", {}, el("h2", { id: "title" }, texts.title), this.hours), press("close", texts.close, () => this.toggle(false))),
        this.log, this.typing, this.trouble, this.write, this.leave);
      this.shadowRoot.replaceChildren(this.door, this.panel);
      if (this.hasAttribute("preview")) this.panel.hidden = false;
      this.stands(told);
    }

    writing(texts, press) {
      this.text = el("textarea", { rows: "1", "aria-label": texts.write, placeholder: texts.write, maxlength: this.told.longest, dir: "auto",
        oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onpaste: (event) => this.attach(event.clipboardData.files) });
      this.text.value = store.get(`${PLACE}-draft`) ?? "";
      this.chips = el("div", { class: "files", hidden: true });
      const picker = el("input", { type: "file", multiple: true, hidden: true, "aria-label": texts.attach, onchange: () => { this.attach(picker.files); picker.value = ""; } });
      const faces = this.faces = el("div", { class: "emoji", id: "emoji", hidden: true }, ...EMOJI.map((one) => el("button", { type: "button", onclick: () => this.insert(one) }, one)));
      const smile = press("emoji", texts.emoji, () => { faces.hidden = !faces.hidden; smile.setAttribute("aria-expanded", String(!faces.hidden)); }, { "aria-expanded": "false", "aria-controls": "emoji" });
      return el("form", { onsubmit: (event) => { event.preventDefault(); this.send(); } }, this.chips, faces, this.text, picker,
        press("attach", texts.attach, () => picker.click()), smile, el("button", { class: "primary", "aria-label": texts.send, title: texts.send }, icon("send")));
    }

    leaving(texts) {
      const field = (name, tag, fields) => el("label", {}, texts[name], el(tag, { name, required: true, dir: "auto", ...fields }));
      return el("form", { class: "leave", hidden: true, onsubmit: (event) => this.left(event) },
        el("p", { class: "under" }, texts.away),
        field("name", "input", { autocomplete: "name", maxlength: "200" }),
        field("email", "input", { type: "email", autocomplete: "email", maxlength: "254" }),
        field("write", "textarea", { maxlength: this.told.longest }),
        el("button", { class: "primary" }, texts.leave));
    }

    stands(told) {
      const { texts, until, opens } = this.told;
      this.isOpen = told.open;
      clearTimeout(this.quiet);
      this.typing.textContent = told.answering ? fill(texts.typing, { name: told.answering }) : "";
      // Whoever stops to type says nothing.
      if (told.answering) this.quiet = setTimeout(() => { this.typing.textContent = ""; }, 9_000);
      if (told.seen && told.seen !== this.seen) {
        this.seen = told.seen;
        for (const line of this.lines.values()) if (!line.ours) this.draw(line);
      }
      const clock = { hour: "numeric", minute: "2-digit" };
      const soon = opens && new Date(opens) - Date.now() < 12 * 3600_000;
      const at = (moment, more) => new Intl.DateTimeFormat(this.lang, { ...clock, ...more }).format(new Date(moment));
      if (told.open) this.hours.textContent = until && new Date(until) > Date.now() ? fill(texts.until, { time: at(until) }) : "";
      else this.hours.textContent = opens ? fill(texts.back, { time: at(opens, soon ? {} : { weekday: "long" }) }) : "";
      const leaving = !told.open && !store.get(`${PLACE}-left`);
      this.leave.hidden = !leaving;
      this.write.hidden = leaving;
    }

    add(line) {
      const before = this.lines.get(line.id);
      if (before && !before.state && line.state) return;
      line.row = before?.row ?? el("li", {});
      this.lines.set(line.id, line);
      this.draw(line);
      if (!before || before.at !== line.at) {
        const order = (one) => (one.state ? "~" : "") + one.at;
        const next = [...this.lines.values()].filter((one) => one !== line && one.row.parentNode && order(one) > order(line));
        next.sort((one, other) => order(one).localeCompare(order(other)));
        const low = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
        if (line.row.parentNode !== this.list || line.row.nextElementSibling !== (next[0]?.row ?? null)) this.list.insertBefore(line.row, next[0]?.row ?? null);
        if (low || !line.ours) this.log.scrollTop = this.log.scrollHeight;
      }
      this.read();
    }

    draw(line) {
      const { texts } = this.told;
      const time = new Intl.DateTimeFormat(this.lang, { hour: "numeric", minute: "2-digit" }).format(new Date(line.at));
      const states = { waiting: texts.sending, accepted: texts.sent, failed: texts.failed };
      const state = line.ours ? "" : line.state ? states[line.state] : this.seen && new Date(this.seen) >= new Date(line.at) ? texts.seen : texts.sent;
      const again = line.state === "failed" && el("button", { type: "button", onclick: () => { this.mark(JSON.parse(store.get(OUTBOX + line.id)), "waiting"); this.flush(); } }, texts.again);
      const looks = JSON.stringify([line.text, line.files.map((file) => file.name), time, state, line.name]);
      if (line.row.looks === looks) return;
      line.row.looks = looks;
      line.row.className = line.ours ? "theirs" : "mine";
      line.row.replaceChildren(
        el("div", { class: "say", dir: "auto" }, el("span", { class: "unseen" }, `${line.ours ? line.name : texts.you}: `), ...this.linked(line.text), ...line.files.map((file) => this.pictured(file))),
        el("div", { class: "under" }, [line.ours ? line.name : "", time, state].filter(Boolean).join(" · "), again || null));
    }

    linked(text) {
      return text.split(/(https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]])/).map((part, index) => index % 2 ? el("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : part);
    }

    pictured(file) {
      const name = file.name || this.told.texts.file;
      if (!file.url) return el("div", {}, name);
      const url = new URL(file.url, root).href;
      const inside = file.kind === "image" ? el("img", { src: url, alt: name, loading: "lazy" }) : name;
      return el("div", {}, el("a", { href: url, target: "_blank", rel: "noopener" }, inside));
    }

    // What stands on an open window was read.
    read() {
      const ours = [...this.lines.values()].filter((line) => line.ours).sort((one, other) => one.at.localeCompare(other.at));
      const newest = ours.at(-1);
      const seen = store.get(`${PLACE}-seen`) ?? "";
      const open = !this.panel.hidden && !document.hidden;
      const fresh = open ? 0 : ours.filter((line) => line.at > seen).length;
      this.badge.hidden = !fresh;
      this.badge.textContent = fresh;
      this.door.setAttribute("aria-label", fresh ? `${this.told.texts.open} (${this.told.texts.unread}: ${fresh})` : this.told.texts.open);
      if (!open || !newest || newest.at <= seen) return;
      store.set(`${PLACE}-seen`, newest.at);
      this.call("seen", { id: newest.id }).catch(() => {});
    }

    say(words) { if (this.trouble.textContent !== words) this.trouble.textContent = words; }

    // ── what visitors do ──

    toggle(open = this.panel.hidden) {
      this.panel.hidden = !open;
      this.door.setAttribute("aria-expanded", String(open));
      if (!open) return this.door.focus();
      if (!this.hasAttribute("preview")) this.come();
      this.log.scrollTop = this.log.scrollHeight;
      (this.write.hidden ? this.leave.elements[0] : this.text).focus();
      this.read();
    }

    pressed(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    }

    typed() {
      store.set(`${PLACE}-draft`, this.text.value);
      const now = Date.now();
      if (!this.token || now - (this.typedAt ?? 0) < 4_000) return;
      this.typedAt = now;
      this.call("typing", { typing: Boolean(this.text.value) }).catch(() => {});
    }

    insert(emoji) {
      this.text.setRangeText(emoji, this.text.selectionStart, this.text.selectionEnd, "end");
      this.text.focus();
      this.typed();
    }

    send() {
      const text = this.text.value.trim();
      if (this.hasAttribute("preview") || (!text && !this.files.length)) return;
      this.put({ text, files: this.files.map((file) => file.key), shown: this.files.map(({ name, kind }) => ({ name, kind })) });
      this.text.value = "";
      this.files = [];
      this.faces.hidden = true;
      this.typedAt = 0;
      store.drop(`${PLACE}-draft`);
      this.showFiles();
    }

    left(event) {
      event.preventDefault();
      const said = Object.fromEntries(new FormData(this.leave));
      if (this.hasAttribute("preview") || !said.write.trim()) return;
      this.put({ text: said.write.trim(), name: said.name, email: said.email, left: true, files: [] });
      store.set(`${PLACE}-left`, "yes");
      this.leave.reset();
      this.stands({ open: this.isOpen });
      this.say(this.told.texts.left);
      this.text.focus();
    }

    async attach(chosen) {
      const { texts, largest, files } = this.told;
      for (const file of [...chosen].slice(0, files - this.files.length)) {
        if (file.size > largest) { this.say(fill(texts.large, { name: file.name, size: Math.floor(largest / 1048576) })); continue; }
        try {
          this.come();
          await this.session();
          const answer = await this.call("files", file, { headers: { "x-file-name": encodeURIComponent(file.name), "content-type": file.type || "application/octet-stream" } });
          if (!answer.ok) throw answer;
          this.files.push(await answer.json());
        } catch { this.say(texts.failed); }
      }
      this.showFiles();
    }

    showFiles() {
      this.chips.hidden = !this.files.length;
      this.chips.replaceChildren(...this.files.map((file) => el("button", { type: "button", "aria-label": fill(this.told.texts.remove, { name: file.name }), onclick: () => { this.files = this.files.filter((one) => one !== file); this.showFiles(); this.text.focus(); } }, `${file.name} ×`)));
    }
  }

  if (!customElements.get("heard-chat")) customElements.define("heard-chat", HeardChat);
  if ("preview" in script.dataset) return;
  const appear = () => document.querySelector("heard-chat") || document.body.append(document.createElement("heard-chat"));
  if (document.body) appear();
  else addEventListener("DOMContentLoaded", appear);
})();
