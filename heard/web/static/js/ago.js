// <heard-ago><time datetime="…">3 min</time></heard-ago> goes on counting for half a day.
import { Counting, exact, length } from "heard/time";

class Ago extends Counting {
  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("pointerenter", () => this.name(), { once: true });
  }

  get time() {
    return this.firstElementChild;
  }

  name() {
    if (this.time && !this.time.title) this.time.title = exact(new Date(this.time.dateTime));
  }

  count() {
    const seconds = (Date.now() - new Date(this.time.dateTime)) / 1000;
    if (seconds < 60 || seconds > 12 * 3600) return;
    const text = length(seconds, this.time.hasAttribute("data-narrow") ? "narrow" : "short");
    if (this.time.textContent !== text) this.time.textContent = text;
  }
}

customElements.define("heard-ago", Ago);
