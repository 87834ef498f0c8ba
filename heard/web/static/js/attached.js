// Files for a reply: chosen, pasted or dropped, uploaded one after the other while the agent writes on.
import { csrf } from "heard/ask";
import { parsed } from "heard/patch";

export class Attached {
  #busy = new WeakMap();

  constructor(composer) {
    for (const type of ["change", "paste", "dragover", "dragleave", "drop"]) composer.addEventListener(type, this);
    composer.addEventListener("htmx:afterSwap", ({ target }) => this.#removed(target));
  }

  handleEvent(event) {
    const panel = event.target.closest?.(".panel");
    if (!panel?.querySelector("[data-attach]")) return;
    if (event.type === "change" && event.target.matches("[data-attach]")) this.#chosen(panel, event.target);
    if (event.type === "paste") this.#brought(event, panel, event.clipboardData);
    if (event.type === "drop") this.#brought(event, panel, event.dataTransfer);
    if (event.type === "dragover" && event.dataTransfer.types.includes("Files")) event.preventDefault();
    const over = event.type === "dragover" && event.dataTransfer.types.includes("Files");
    if (event.type.startsWith("d")) panel.toggleAttribute("data-over", over);
  }

  async settled(panel) {
    await this.#busy.get(panel);
  }

  #chosen(panel, input) {
    const files = [...input.files];
    input.value = "";
    this.#add(panel, files);
  }

  #brought(event, panel, brought) {
    const files = [...(brought?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#add(panel, files);
  }

  #add(panel, files) {
    const before = this.#busy.get(panel) ?? Promise.resolve();
    const all = files.reduce((waits, file) => waits.then(() => this.#upload(panel, file)), before);
    this.#busy.set(panel, all);
  }

  #upload(panel, file) {
    const place = panel.querySelector("[data-attached]");
    const shown = panel.querySelector("[data-progress]");
    const form = new FormData();
    form.set("mode", panel.dataset.mode);
    form.set("text", panel.querySelector("textarea").value);
    form.set("to", panel.querySelector('[name="to"]')?.value ?? "");
    for (const alt of place.querySelectorAll(".attached-alt")) form.set(alt.name, alt.value);
    form.set("files", file, file.name || "picture.png");
    return new Promise((done) => {
      // fetch cannot tell how much of a body has gone.
      const call = new XMLHttpRequest();
      call.open("POST", place.dataset.adds);
      call.setRequestHeader("X-CSRFToken", csrf());
      call.setRequestHeader("HX-Request", "true");
      call.upload.onprogress = ({ loaded, total }) => (shown.value = total ? loaded / total : 0);
      call.onload = () => this.#answered(place, call);
      call.onerror = () => document.dispatchEvent(new CustomEvent("heard:away"));
      call.onloadend = () => {
        shown.hidden = true;
        done();
      };
      shown.value = 0;
      shown.hidden = false;
      call.send(form);
    });
  }

  #answered(place, call) {
    if (call.status !== 200 && call.status !== 422) {
      document.dispatchEvent(new CustomEvent("heard:away"));
      return;
    }
    const typing = place.contains(document.activeElement) ? document.activeElement.name : "";
    const typed = new Map([...place.querySelectorAll(".attached-alt")].map((alt) => [alt.name, alt.value]));
    place.replaceChildren(parsed(call.responseText));
    window.htmx.process(place);
    for (const alt of place.querySelectorAll(".attached-alt")) alt.value = typed.get(alt.name) ?? alt.value;
    if (typing) place.querySelector(`[name="${CSS.escape(typing)}"]`)?.focus();
  }

  // The button that was pressed is gone with its file: the next one takes its place, or the way to attach.
  #removed(place) {
    if (!place.matches?.("[data-attached]") || document.activeElement !== document.body) return;
    const panel = place.closest(".panel");
    (place.querySelector("button") ?? panel.querySelector("[data-attach]"))?.focus();
  }
}
