// <heard-chat-preview>: the window as visitors see it, with what stands in the form and is not saved yet.
const WHITE = "#ffffff";
const BLACK = "#000000";

customElements.define(
  "heard-chat-preview",
  class extends HTMLElement {
    connectedCallback() {
      this.told = JSON.parse(this.dataset.told);
      this.form = this.closest("form");
      this.form.addEventListener("input", () => this.#show());
      customElements.whenDefined("heard-chat").then(() => {
        this.chat = document.createElement("heard-chat");
        this.chat.setAttribute("preview", "");
        this.replaceChildren(this.chat);
        this.#show();
      });
    }

    #show() {
      if (!this.chat) return;
      const typed = new FormData(this.form);
      const { language, ours } = this.told;
      const texts = { ...this.told.texts };
      for (const name of ["title", "welcome", "away"]) texts[name] = typed.get(`${name}_${language}`)?.trim() || ours[name];
      const colour = typed.get("colour");
      const ink = contrast(colour, WHITE) >= contrast(colour, BLACK) ? WHITE : BLACK;
      this.chat.show({ ...this.told, texts, colour, ink, position: typed.get("position") });
      document.getElementById("hard-to-see").hidden = contrast(colour, WHITE) >= 3;
    }
  },
);

function contrast(one, other) {
  const [dark, light] = [lightness(one), lightness(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function lightness(colour) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
