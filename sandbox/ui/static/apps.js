// What frames of apps ask of the page: only the window and the origin a frame shows are heard.
const MOST = 6000;

function frameOf(event) {
  for (const frame of document.querySelectorAll("iframe.app")) {
    const known = frame.dataset.origin === event.origin;
    if (frame.contentWindow === event.source && known) return frame;
  }
  return null;
}

async function posted(address, told) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(told),
  });
  const read = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(read.error ?? `the host answered ${answer.status}`);
  return read;
}

const asked = ({ product, app, subject }) => posted("/_connect/token", { product, app, subject });

function resize(frame, { width, height }) {
  if (typeof width === "string" && /^\d{1,5}(px|%)?$/.test(width)) frame.style.width = width;
  const wanted = Number.parseFloat(height);
  if (Number.isFinite(wanted)) {
    frame.style.height = `${Math.min(Math.max(Math.ceil(wanted), 20), MOST)}px`;
  }
}

const CONNECT = {
  token: async (frame) => (await asked(frame.dataset)).token,
  context: async (frame) => (await asked(frame.dataset)).context,
  user: async (frame) => ({ atlassianAccountId: (await asked(frame.dataset)).account }),
  timeZone: async (frame) => (await asked(frame.dataset)).timeZone,
  location: async () => location.href,
  theme: async () => document.documentElement.dataset.theme,
  resize: async (frame, data) => resize(frame, data),
  sizeToParent: async (frame) => resize(frame, { width: "100%", height: innerHeight }),
};

addEventListener("message", async (event) => {
  const data = event.data ?? {};
  if (data.type !== "connect:ask") return;
  const frame = frameOf(event);
  if (!frame || !Object.hasOwn(CONNECT, data.what)) return;
  const answer = { type: "connect:answer", id: data.id };
  try {
    answer.value = await CONNECT[data.what](frame, data);
  } catch (error) {
    answer.error = error.message;
  }
  event.source.postMessage(answer, event.origin);
});

// Frames of Forge apps have no origin; their window alone tells them apart.
function forgeFrameOf(event) {
  for (const frame of document.querySelectorAll("iframe.forge")) {
    if (frame.contentWindow === event.source) return frame;
  }
  return null;
}

function navigate({ url, type }) {
  const target = new URL(url, location.href);
  if (!["http:", "https:"].includes(target.protocol)) throw new Error("not an address");
  if (type === "new-tab") open(target, "_blank", "noopener");
  else location.assign(target);
  return true;
}

const FORGE = {
  getContext: async (frame) => JSON.parse(frame.dataset.context),
  getFrameId: async (frame) => frame.dataset.token.slice(-16),
  invoke: (frame, details) => {
    if (details?.invokeType !== "ui-remote-fetch") throw new Error("the app has no functions here");
    return posted("/_forge/invoke", { ...details, token: frame.dataset.token });
  },
  navigate: async (_frame, details) => navigate(details),
  open: async (_frame, details) => navigate({ ...details, type: "new-tab" }),
  reload: async () => location.reload(),
  refresh: async () => location.reload(),
  getUrl: async () => location.href,
  close: async () => true,
};

addEventListener("message", async (event) => {
  const data = event.data ?? {};
  const frame = String(data.type).startsWith("forge:") && forgeFrameOf(event);
  if (!frame) return;
  if (data.type === "forge:height") {
    if (frame.dataset.fixed !== "true") resize(frame, data);
    return;
  }
  if (data.type !== "forge:ask") return;
  const answer = { type: "forge:answer", id: data.id };
  try {
    if (!Object.hasOwn(FORGE, data.what)) throw new Error(`the sandbox has no ${data.what}`);
    answer.value = await FORGE[data.what](frame, data.details);
  } catch (error) {
    answer.error = error.message;
  }
  event.source.postMessage(answer, "*");
});
