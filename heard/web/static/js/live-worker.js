// One event stream for all tabs of a browser: a browser opens only six connections to a host.
const ports = new Set();
let source = null;
let stream = "";
let scope = "";
let state = "away";
let tries = 0;

const tell = (message) => ports.forEach((port) => port.postMessage(message));

function say(now) {
  state = now;
  tell({ state });
}

function open() {
  source?.close();
  source = new EventSource(stream);
  source.addEventListener("hello", () => {
    tries = 0;
    say("live");
  });
  source.addEventListener("change", (event) => tell({ change: JSON.parse(event.data) }));
  source.addEventListener("error", () => {
    say("away");
    if (source.readyState === EventSource.CLOSED) again();
  });
}

// The browser itself comes back after a lost connection; after a refusal it is up to us.
function again() {
  tries += 1;
  const wait = Math.min(60_000, 2_000 * 2 ** tries) * (0.5 + Math.random());
  setTimeout(() => ports.size && source.readyState === EventSource.CLOSED && open(), wait);
}

self.addEventListener("connect", ({ ports: [port] }) => {
  ports.add(port);
  port.addEventListener("message", ({ data }) => {
    if (data.bye) {
      ports.delete(port);
      if (!ports.size) source?.close();
      return;
    }
    const another = data.scope !== scope;
    stream = data.stream;
    scope = data.scope;
    if (another || !source || source.readyState === EventSource.CLOSED) open();
    else port.postMessage({ state });
  });
  port.start();
});
