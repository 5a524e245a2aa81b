// Stands in for the bridge that Forge puts into the frames of Custom UI, before their own scripts.
// `@forge/bridge` calls it as `__bridge.callBridge(command, details)`.
(() => {
  const waiting = new Map();
  const heard = new Map();
  let number = 0;

  function ask(what, details) {
    number += 1;
    const id = number;
    parent.postMessage({ type: "forge:ask", id, what, details }, "*");
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  addEventListener("message", (event) => {
    if (event.source !== parent) return;
    const { type, id, value, error } = event.data ?? {};
    const asked = type === "forge:answer" && waiting.get(id);
    if (!asked) return;
    waiting.delete(id);
    if (error) asked.reject(new Error(error));
    else asked.resolve(value);
  });

  function theme(colorMode) {
    document.documentElement.dataset.colorMode = colorMode;
    document.documentElement.dataset.theme = `${colorMode}:${colorMode}`;
  }

  // Events stay within the frame: one frame of an app does not hear another here.
  function on({ event, callback }) {
    const listeners = heard.get(event) ?? new Set();
    heard.set(event, listeners.add(callback));
    return { unsubscribe: () => listeners.delete(callback) };
  }
  function emit({ event, payload }) {
    for (const listener of heard.get(event) ?? []) listener(payload);
  }

  const OWN = {
    enableTheming: async () => theme((await ask("getContext")).theme.colorMode),
    on: async (told) => on(told),
    onPublic: async (told) => on(told),
    emit: async (told) => emit(told),
    emitPublic: async (told) => emit(told),
    emitReadyEvent: async () => {},
    onClose: async () => true,
    changeWindowTitle: async ({ title }) => {
      document.title = title;
    },
  };

  globalThis.__bridge = {
    callBridge: (command, details) =>
      Object.hasOwn(OWN, command) ? OWN[command](details) : ask(command, details),
  };

  const height = () => document.documentElement.getBoundingClientRect().height;
  addEventListener("load", () => {
    const tell = () => parent.postMessage({ type: "forge:height", height: height() }, "*");
    new ResizeObserver(tell).observe(document.documentElement);
  });
})();
