// Where changes come from: a shared worker, or one tab that tells the others.
export function listen({ worker, stream, scope }, hear) {
  return "SharedWorker" in window ? byWorker(worker, stream, scope, hear) : byLock(stream, hear);
}

function byWorker(worker, stream, scope, hear) {
  const { port } = new SharedWorker(worker, { name: "heard-live" });
  port.addEventListener("message", ({ data }) => hear(data));
  port.start();
  port.postMessage({ stream, scope });
  addEventListener("pagehide", () => port.postMessage({ bye: true }));
  addEventListener("pageshow", ({ persisted }) => persisted && port.postMessage({ stream, scope }));
  return (fresh) => port.postMessage({ stream: fresh, scope });
}

// The tab that holds the lock listens; when it goes, the next one takes over.
function byLock(stream, hear) {
  let address = stream;
  const others = new BroadcastChannel("heard-live");
  others.addEventListener("message", ({ data }) => hear(data));
  const tell = (message) => {
    hear(message);
    others.postMessage(message);
  };
  navigator.locks.request("heard-live", () => {
    const open = () => {
      const source = new EventSource(address);
      source.addEventListener("hello", () => tell({ state: "live" }));
      source.addEventListener("change", (event) => tell({ change: JSON.parse(event.data) }));
      source.addEventListener("error", () => {
        tell({ state: "away" });
        if (source.readyState === EventSource.CLOSED) setTimeout(open, 5_000 + Math.random() * 10_000);
      });
    };
    open();
    return new Promise(() => {});
  });
  return (fresh) => (address = fresh);
}
