// Calls to our own server outside htmx.
export const csrf = () => document.querySelector('meta[name="csrf-token"]').content;

export function post(url, fields, options = {}) {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-CSRFToken": csrf(), "HX-Request": "true" },
    ...options,
  });
}

// Also when the page is being left; nobody waits for the answer.
export function whisper(url, fields = {}) {
  post(url, fields, { keepalive: true }).catch(() => {});
}

export const inField = (element) =>
  Boolean(element?.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'));
