// <heard-clock>: the ring empties while somebody waits.
import { Counting, exact, length } from "heard/time";

const AIM = 24 * 3600;
const SOON = 0.25;

class Clock extends Counting {
  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("pointerenter", () => (this.title = exact(new Date(this.dataset.since))), { once: true });
  }

  count() {
    const seconds = Math.max(0, (Date.now() - new Date(this.dataset.since)) / 1000);
    const left = Math.max(0, 1 - seconds / AIM);
    this.dataset.state = left === 0 ? "late" : left <= SOON ? "soon" : "fresh";
    this.querySelector("circle:last-child").setAttribute("stroke-dasharray", `${Math.round(left * 100)} 100`);
    const text = this.querySelector(".clock-text");
    const words = length(seconds, "narrow");
    if (seconds >= 60 && text.textContent !== words) text.textContent = words;
  }
}

customElements.define("heard-clock", Clock);
