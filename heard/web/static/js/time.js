// The same words as the server's, so that a time can go on counting.
const language = document.documentElement.lang || "en";
const zoneOf = () => document.documentElement.dataset.zone || undefined;
const formats = new Map();

function unit(name, width) {
  const key = `${name}-${width}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: width }));
  }
  return formats.get(key);
}

export function length(seconds, width = "short") {
  if (seconds < 3600) return unit("minute", width).format(Math.floor(seconds / 60));
  if (seconds < 48 * 3600) return unit("hour", width).format(Math.floor(seconds / 3600));
  return unit("day", width).format(Math.floor(seconds / 86400));
}

let exactly;
export function exact(date) {
  exactly ??= new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    dateStyle: "full",
    timeStyle: "short",
    timeZone: zoneOf(),
  });
  return exactly.format(date);
}

// One timer for all that counts on a page.
const counting = new Set();
setInterval(() => document.hidden || counting.forEach((element) => element.count()), 15_000);
document.addEventListener("visibilitychange", () => document.hidden || counting.forEach((element) => element.count()));

export class Counting extends HTMLElement {
  connectedCallback() {
    counting.add(this);
  }

  disconnectedCallback() {
    counting.delete(this);
  }
}
