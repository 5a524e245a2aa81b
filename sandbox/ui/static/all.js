// Stands in for the script that Connect apps load: the part of AP that frames of a page use.
(() => {
  const named = () => {
    try {
      return JSON.parse(window.name).hostOrigin;
    } catch {
      return null;
    }
  };
  const host = named() ?? new URLSearchParams(location.search).get("xdm_e");
  const waiting = new Map();
  let number = 0;

  function ask(what, details = {}) {
    if (!host || parent === window) return Promise.reject(new Error("not in a page of the host"));
    number += 1;
    const id = number;
    parent.postMessage({ type: "connect:ask", id, what, ...details }, host);
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  addEventListener("message", (event) => {
    if (event.source !== parent || event.origin !== host) return;
    const { type, id, value, error } = event.data ?? {};
    const asked = type === "connect:answer" && waiting.get(id);
    if (!asked) return;
    waiting.delete(id);
    if (error) asked.reject(new Error(error));
    else asked.resolve(value);
  });

  // Everything takes a callback, and gives a promise beside it.
  const told = (answer, callback) => {
    if (callback) answer.then(callback, () => {});
    return answer;
  };
  const content = () => document.querySelector(".ac-content, #content") ?? document.body;
  const resize = (width, height) =>
    ask("resize", {
      width: width ?? null,
      height: height ?? content().getBoundingClientRect().bottom + window.scrollY,
    });

  window.AP = {
    context: {
      getToken: (callback) => told(ask("token"), callback),
      getContext: (callback) => told(ask("context"), callback),
    },
    user: {
      getCurrentUser: (callback) => told(ask("user"), callback),
      getTimeZone: (callback) => told(ask("timeZone"), callback),
    },
    getLocation: (callback) => told(ask("location"), callback),
    resize,
    sizeToParent: () => ask("sizeToParent"),
    theming: {
      initializeTheming: () =>
        ask("theme").then((theme) => {
          document.documentElement.dataset.colorMode = theme;
          document.documentElement.dataset.theme = `${theme}:${theme}`;
        }),
    },
  };

  const options = document.currentScript?.dataset.options ?? "";
  if (!/resize\s*:\s*false/.test(options)) {
    addEventListener("load", () => {
      new ResizeObserver(() => resize().catch(() => {})).observe(content());
    });
  }
})();
