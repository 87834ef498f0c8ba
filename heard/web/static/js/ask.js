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

// Also when the page is being left. A beacon cannot carry headers, so the token goes along as a field.
export function whisper(url, fields = {}) {
  navigator.sendBeacon(url, new URLSearchParams({ ...fields, csrfmiddlewaretoken: csrf() }));
}

export const inField = (element) =>
  Boolean(element?.closest?.('input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'));
