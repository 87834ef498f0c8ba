// The chat window of Heard. One script tag, one element, no cookies: what it must not lose lies in localStorage.
(() => {
  const script = document.currentScript;
  const root = script.src.split(/[?#]/)[0].replace(/\.js$/, "");
  const PLACE = `heard-chat-${root.split("/").pop()}`;
  const OUTBOX = `${PLACE}-line-`;
  const LONGEST_PAUSE = 30_000;
  const WAITING = `${PLACE}-files`;
  const NARROW = matchMedia("(max-width: 480px)"); // as chat.css has it
  const SILENCE = 40_000; // the server breathes every 15 s: whoever hears nothing for so long hears nobody
  const EMOJI = "😀 😂 🙂 😉 😍 🤔 😢 😡 👍 👎 🙏 👏 🎉 ❤️ 🔥 ✅".split(" ");
  const ICONS = {
    chat: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z",
    close: "M6 6l12 12M18 6L6 18",
    send: "M4 12l16-8-6 17-3-7z",
    attach: "M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7",
    emoji: "M12 3a9 9 0 1 0 .1 0zM8 14s1.500 2 4 2 4-2 4-2M9 9.500h.01M15 9.500h.01",
  };
  // Where a browser forbids storage, or has no more room, the window works for as long as the page is open.
  let kept;
  try { kept = localStorage; } catch { kept = {}; }
  const store = {
    get: (name) => kept[name] ?? null,
    set: (name, value) => { try { kept[name] = value; } catch { kept = { ...kept, [name]: value }; } },
    drop: (name) => { delete kept[name]; },
    names: () => Object.keys(kept),
  };
  // Files lie in the browser's own database until a line takes them along, so that a reload loses none.
  const blobs = {
    kept: new Map(),
    ask: (act) => new Promise((done, fail) => {
      const opening = indexedDB.open(PLACE);
      opening.onupgradeneeded = () => opening.result.createObjectStore("files");
      opening.onerror = fail;
      opening.onsuccess = () => {
        const asked = act(opening.result.transaction("files", "readwrite").objectStore("files"));
        asked.onerror = fail;
        asked.onsuccess = () => { opening.result.close(); done(asked.result); };
      };
    }).catch(() => {}),
    get: async (id) => blobs.kept.get(id) ?? blobs.ask((all) => all.get(id)),
    keep: (id, file) => { blobs.kept.set(id, file); return blobs.ask((all) => all.put(file, id)); },
    drop: (id) => { blobs.kept.delete(id); blobs.ask((all) => all.delete(id)); },
    clear: () => { blobs.kept.clear(); blobs.ask((all) => all.clear()); },
  };
  // Looks like a UUID. Browsers make real ones for pages that come by https only.
  const chance = () => crypto.getRandomValues(new Uint8Array(16)).reduce((all, byte) => all + (byte + 256).toString(16).slice(1), "").replace(/^(.{8})(....)(....)(....)/, "$1-$2-$3-$4-");
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
    const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", ICONS[name]);
    svg.append(path);
    return svg;
  };
  const earlier = (one, other) => one.at.localeCompare(other.at);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const STYLE = "chat.css"; // what stands in that file

  class HeardChat extends HTMLElement {
    lines = new Map();
    files = [];
    tries = 0;

    get preview() { return this.hasAttribute("preview"); }
    get inOrder() { return [...this.lines.values()].sort(earlier); }

    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" });
      if (!this.preview) this.start();
    }

    // ── talking to Heard ──

    get token() { return store.get(PLACE); }
    get outbox() {
      const kept = store.names().filter((name) => name.startsWith(OUTBOX)).map((name) => JSON.parse(store.get(name)));
      return kept.sort(earlier);
    }

    async call(verb, body, { method = "POST", headers = {}, signal } = {}) {
      const known = this.token ? { authorization: `Bearer ${this.token}` } : {};
      const raw = body instanceof Blob;
      const typed = body && !raw ? { "content-type": "application/json" } : {};
      return fetch(`${root}/${verb}`, {
        method, signal, headers: { ...known, ...typed, ...headers }, body: raw || !body ? body : JSON.stringify(body),
        credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
      });
    }

    // What may be lost.
    tell(verb, body) { this.call(verb, body).catch(() => {}); }

    async start() {
      const wanted = script.dataset.language || document.documentElement.lang || navigator.language;
      for (let tries = 0; ; tries += 1) {
        const answer = await fetch(`${root}/settings?language=${encodeURIComponent(wanted)}`, { credentials: "omit" }).catch(() => null);
        if (answer?.ok) { this.show(await answer.json()); break; }
        if (answer && answer.status < 500 && answer.status !== 429) return console.warn(`Heard: the chat is not for this site (${answer.status}).`);
        await this.pause(tries + 1);
      }
      for (const name of ["online", "focus", "pageshow"]) addEventListener(name, () => this.hurry());
      document.addEventListener("visibilitychange", () => this.looked());
      NARROW.onchange = () => this.panel.open && this.lay(); // the telephone was turned
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
        if (!goesOn) { store.names().filter((name) => name.startsWith(`${PLACE}-`)).forEach(store.drop); blobs.clear(); this.files = []; this.showFiles(); }
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
      this.before(null);
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
        if (document.hidden && !this.panel.open) await new Promise((done) => { this.kick = done; });
        await this.pause(this.tries);
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
        const headers = this.last ? { "last-event-id": this.last } : {};
        const answer = await this.call("live", null, { method: "GET", headers, signal: abort.signal });
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
      if (parts.event === "before") this.before(told.more);
      if (parts.event === "bye") { this.lost(); this.abort?.abort(); }
    }

    // Twice as long after each try, with some chance so that not all windows come at once.
    pause(tries) {
      const ms = Math.min(LONGEST_PAUSE, 500 * 2 ** tries) * (0.5 + Math.random() / 2);
      return new Promise((done) => { this.kick = done; setTimeout(done, ms); });
    }

    later(ms) { setTimeout(() => this.flush(), ms); }

    hurry() { this.tries = 0; this.kick?.(); this.flush(); }

    looked() {
      clearTimeout(this.away);
      if (!document.hidden) { this.hurry(); this.read(); }
      else this.away = setTimeout(() => this.panel.open || this.abort?.abort(), 30_000);
    }

    moved() {
      const now = JSON.stringify(this.here);
      if (this.shownPage && this.shownPage !== now && this.token) this.tell("page", this.here);
      this.shownPage = now;
    }

    // ── the outbox: a line is kept here until the stream shows that it arrived ──

    async flush() {
      if (this.flushing || !this.begun) return;
      this.flushing = true;
      try {
        await this.begun;
        for (const item of this.outbox.filter((one) => one.state === "waiting")) {
          const answer = await this.deliver(item);
          if (answer.ok) this.mark(item, "accepted");
          else if (answer.status === 401) { this.lost(); this.abort?.abort(); break; }
          else if (answer.status === 429) {
            this.say(this.texts.slow);
            this.later(1000 * (answer.headers.get("retry-after") || 5));
            break;
          } else if (answer.status < 500) {
            // Perhaps they belong to a session that is over: with the next try they go up anew.
            for (const file of item.files) file.key = null;
            this.mark(item, "failed");
          } else throw answer;
        }
      } catch {
        this.say(this.texts.waiting);
        this.later(2_000 + Math.random() * 3_000);
      } finally { this.flushing = false; }
    }

    // The line's files first: what went up once is only named when the line is sent again.
    async deliver(item) {
      const files = [];
      for (const file of item.files) {
        const blob = file.key ? null : await blobs.get(file.id);
        if (blob) {
          const answer = await this.call("files", blob, { headers: { "x-file-name": encodeURIComponent(file.name), "content-type": "application/octet-stream" } });
          if (!answer.ok) return answer;
          file.key = (await answer.json()).key;
          this.keep(item);
        }
        if (file.key) files.push(file.key);
      }
      const answer = await this.call("lines", { ...item, files });
      if (answer.ok) item.files.forEach((file) => blobs.drop(file.id));
      return answer;
    }

    // Meanwhile the stream may have shown it: then nothing is left to keep.
    keep(item) { if (store.get(OUTBOX + item.key)) store.set(OUTBOX + item.key, JSON.stringify(item)); }

    mark(item, state) {
      this.keep({ ...item, state });
      const line = this.lines.get(item.key);
      if (line?.state) this.add({ ...line, state });
    }

    put(more) {
      const last = Date.parse(this.outbox.at(-1)?.at ?? 0);
      const key = chance();
      const item = { key, at: new Date(Math.max(Date.now(), last + 1)).toISOString(), state: "waiting", ...more };
      store.set(OUTBOX + key, JSON.stringify(item));
      this.add(this.asLine(item));
      this.come();
      this.flush();
    }

    asLine(item) {
      return { id: item.key, ours: false, text: item.text, at: item.at, state: item.state, files: item.files };
    }

    // ── what is seen ──

    show(told) {
      this.told = told;
      const texts = this.texts = told.texts;
      this.lang = told.language;
      this.dir = script.dataset.dir || getComputedStyle(document.documentElement).direction;
      this.setAttribute("position", told.position);
      // The side it lies on is the page's, the way its words run is their language's.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`${STYLE} :host { --colour: ${told.colour}; --on: ${told.ink}; } dialog > * { direction: ${told.dir}; }`);
      this.shadowRoot.adoptedStyleSheets = [sheet];
      const press = (name, label, act, fields) => el("button", { type: "button", "aria-label": label, title: label, onclick: act, ...fields }, icon(name));
      this.badge = el("span", { class: "badge", hidden: true });
      this.door = press("chat", texts.open, () => this.toggle(), { id: "door", "aria-expanded": "false", "aria-controls": "panel" });
      this.door.append(this.badge);
      this.list = el("ol", {});
      this.more = el("button", { class: "more", type: "button", hidden: true, onclick: () => this.earlier() }, texts.earlier);
      this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": texts.messages, tabindex: "0", onscroll: () => this.log.scrollTop < 40 && this.earlier() }, this.more, el("p", { class: "welcome" }, texts.welcome), this.list);
      this.typing = el("p", { class: "typing", role: "status" });
      this.trouble = el("p", { class: "trouble", role: "status" });
      this.hours = el("p", { class: "hours" });
      this.write = this.writing(texts, press);
      this.leave = this.leaving(texts);
      this.panel = el("dialog", { id: "panel", "aria-labelledby": "title", onclose: () => this.panel.open || this.closed(), onkeydown: (event) => event.key === "Escape" && this.panel.close() },
        el("div", { class: "head" }, el("div", {}, el("h2", { id: "title" }, texts.title), this.hours), press("close", texts.close, () => this.panel.close())),
        this.log, this.typing, this.trouble, this.write, this.leave);
      this.shadowRoot.replaceChildren(this.door, this.panel);
      this.panel.open = this.preview;
      this.stands(told);
    }

    writing(texts, press) {
      this.text = el("textarea", { rows: "1", "aria-label": texts.write, placeholder: texts.write, maxlength: this.told.longest, dir: "auto",
        oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onpaste: (event) => this.attach(event.clipboardData.files) });
      this.text.value = store.get(`${PLACE}-draft`) ?? "";
      this.chips = el("div", { class: "files", hidden: true });
      this.files = JSON.parse(store.get(WAITING) ?? "[]");
      this.showFiles();
      const picker = el("input", { type: "file", multiple: true, hidden: true, "aria-label": texts.attach, onchange: () => { this.attach(picker.files); picker.value = ""; } });
      const faces = this.faces = el("div", { class: "emoji", id: "emoji", hidden: true }, ...EMOJI.map((one) => el("button", { type: "button", onclick: () => this.insert(one) }, one)));
      const smile = press("emoji", texts.emoji, () => { faces.hidden = !faces.hidden; smile.setAttribute("aria-expanded", !faces.hidden); }, { "aria-expanded": "false", "aria-controls": "emoji" });
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

    clock(moment, more) {
      return new Intl.DateTimeFormat(this.lang, { hour: "numeric", minute: "2-digit", ...more }).format(new Date(moment));
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
      const soon = opens && new Date(opens) - Date.now() < 12 * 3600_000;
      if (told.open) this.hours.textContent = until && new Date(until) > Date.now() ? fill(texts.until, { time: this.clock(until) }) : "";
      else this.hours.textContent = opens ? fill(texts.back, { time: this.clock(opens, soon ? {} : { weekday: "long" }) }) : "";
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
        const others = [...this.lines.values()].filter((one) => one.row.parentNode && order(one) > order(line));
        const next = others.sort((one, other) => order(one).localeCompare(order(other)))[0]?.row ?? null;
        const low = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
        if (!line.row.parentNode || line.row.nextSibling !== next) this.list.insertBefore(line.row, next);
        if (!this.loading && (low || !line.ours)) this.log.scrollTop = this.log.scrollHeight;
      }
      this.read();
    }

    before(cursor) {
      this.cursor = cursor;
      this.more.hidden = !cursor;
    }

    // What was said before the lines that are here. It is told to nobody word by word: only that it came.
    async earlier() {
      const { cursor, log } = this;
      if (!cursor || this.loading) return;
      this.loading = true;
      try {
        const answer = await this.call("earlier", { before: cursor });
        if (!answer.ok) throw answer;
        const { lines, more } = await answer.json();
        if (cursor !== this.cursor) return;
        const below = log.scrollHeight - log.scrollTop;
        const left = this.shadowRoot.activeElement === this.more && !more;
        log.setAttribute("aria-live", "off");
        lines.forEach((line) => this.add(line));
        this.before(more);
        log.scrollTop = log.scrollHeight - below;
        if (left) log.focus();
        this.say(fill(this.texts.loaded, { count: lines.length }));
        setTimeout(() => log.setAttribute("aria-live", "polite"), 1_000);
      } catch { /* the button is still there */ } finally { this.loading = false; }
    }

    draw(line) {
      const { texts } = this;
      const time = this.clock(line.at);
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
      return text.split(/(https?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]])/).map((part, index) => index % 2 ? el("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part) : part);
    }

    pictured(file) {
      const name = file.name || this.texts.file;
      if (!file.url) return el("div", {}, name);
      const url = new URL(file.url, root).href;
      const inside = file.kind === "image" ? el("img", { src: url, alt: name, loading: "lazy" }) : name;
      return el("div", {}, el("a", { href: url, target: "_blank", rel: "noopener" }, inside));
    }

    // What stands on an open window was read.
    read() {
      const ours = this.inOrder.filter((line) => line.ours);
      const newest = ours.at(-1);
      const seen = store.get(`${PLACE}-seen`) ?? "";
      const open = this.panel.open && !document.hidden;
      const fresh = open ? 0 : ours.filter((line) => line.at > seen).length;
      this.badge.hidden = !fresh;
      this.badge.textContent = fresh;
      this.door.setAttribute("aria-label", fresh ? `${this.texts.open} (${this.texts.unread}: ${fresh})` : this.texts.open);
      if (!open || !newest || newest.at <= seen) return;
      store.set(`${PLACE}-seen`, newest.at);
      this.tell("seen", { id: newest.id });
    }

    say(words) { if (this.trouble.textContent !== words) this.trouble.textContent = words; }

    // ── what visitors do ──

    toggle() {
      if (this.panel.open) return this.panel.close();
      this.lay();
      this.door.setAttribute("aria-expanded", true);
      if (!this.preview) this.come();
      this.log.scrollTop = this.log.scrollHeight;
      (this.write.hidden ? this.leave.elements[0] : this.text).focus();
      this.read();
    }

    // Over the whole page of a telephone it is modal: the keyboard stays in it, and so does whoever is read to.
    lay() {
      const at = this.shadowRoot.activeElement;
      this.panel.close();
      if (NARROW.matches && !this.preview) this.panel.showModal();
      else this.panel.open = true;
      at?.focus();
    }

    closed() {
      this.door.setAttribute("aria-expanded", false);
      this.door.focus();
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
      this.tell("typing", { typing: !!this.text.value });
    }

    insert(emoji) {
      this.text.setRangeText(emoji, this.text.selectionStart, this.text.selectionEnd, "end");
      this.text.focus();
      this.typed();
    }

    send() {
      const text = this.text.value.trim();
      if (this.preview || (!text && !this.files.length)) return;
      this.put({ text, files: this.files });
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
      if (this.preview || !said.write.trim()) return;
      this.put({ text: said.write.trim(), name: said.name, email: said.email, left: true, files: [] });
      store.set(`${PLACE}-left`, "yes");
      this.leave.reset();
      this.stands({ open: this.isOpen });
      this.say(this.texts.left);
      this.text.focus();
    }

    async attach(chosen) {
      const { texts, largest, files } = this.told;
      if (this.preview) return;
      for (const file of [...chosen].slice(0, files - this.files.length)) {
        if (file.size > largest) { this.say(fill(texts.large, { name: file.name, size: largest >> 20 })); continue; }
        const id = chance();
        this.files.push({ id, name: file.name, kind: file.type.startsWith("image/") ? "image" : "file" });
        await blobs.keep(id, file);
      }
      this.showFiles();
    }

    showFiles() {
      if (this.files.length) store.set(WAITING, JSON.stringify(this.files)); else store.drop(WAITING);
      this.chips.hidden = !this.files.length;
      this.chips.replaceChildren(...this.files.map((file) => el("button", { type: "button", "aria-label": fill(this.texts.remove, { name: file.name }), onclick: () => { blobs.drop(file.id); this.files = this.files.filter((one) => one !== file); this.showFiles(); this.text.focus(); } }, `${file.name} ×`)));
    }
  }

  if (!customElements.get("heard-chat")) customElements.define("heard-chat", HeardChat);
  if ("preview" in script.dataset) return;
  const appear = () => document.querySelector("heard-chat") || document.body.append(document.createElement("heard-chat"));
  if (document.body) appear();
  else addEventListener("DOMContentLoaded", appear);
})();
