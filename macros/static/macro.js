// Keeps the macro on this page fresh: asks its own address each second while somebody looks.

import { countAges, openForPrint, replaceWith } from "./content.mjs";
import { headerTag, nextDelay, ownAddress, verdict } from "./live.mjs";

const FRAME = "X-OKR-Frame";
const AGAIN = new URL("../../connect/frame", import.meta.url);

const { ages, changed, resizeOrigin } = document.body.dataset;
const patterns = JSON.parse(ages);
const offline = document.getElementById("okr-offline");

let tag = headerTag(document.body.dataset.tag);
let frame = document.body.dataset.frame;
let serverAhead = Date.parse(document.body.dataset.now) - Date.now();
let updatedAt = new Date();
let failures = 0;
let timer = 0;
let asking = null;

async function take(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("okr");
  if (!fresh) throw new Error("the answer holds no macro");
  tag = answer.headers.get("ETag") ?? "";
  serverAhead = Date.parse(page.body.dataset.now) - Date.now();
  replaceWith(document.adoptNode(fresh), changed);
}

/** A frame that is over begins anew once the host has said who looks; false where no host does. */
async function beginAnew() {
  const host = window.AP?.context;
  if (!frame || !host) return false;
  const token = await new Promise((resolve) => host.getToken(resolve));
  const headers = { [FRAME]: frame, Authorization: `JWT ${token}` };
  const answer = await fetch(AGAIN, { method: "POST", headers, signal: asking.signal });
  if (!answer.ok) return false;
  frame = answer.headers.get(FRAME);
  return true;
}

async function answered() {
  const headers = { ...(tag && { "If-None-Match": tag }), ...(frame && { [FRAME]: frame }) };
  const address = frame ? ownAddress(location.href) : location.href;
  return fetch(address, { headers, cache: "no-store", signal: asking.signal });
}

async function ask() {
  asking = new AbortController();
  let answer = await answered();
  if (answer.status === 401 && (await beginAnew())) answer = await answered();
  frame = answer.headers.get(FRAME) ?? frame;
  const means = verdict(answer.status);
  if (means === "retry") throw new Error(`answered ${answer.status}`);
  if (means === "replace") await take(answer);
}

function showConnection() {
  offline.hidden = failures < 2;
  if (offline.hidden) return;
  const text = `${offline.dataset.text} ${updatedAt.toLocaleString(document.documentElement.lang)}`;
  if (offline.textContent !== text) offline.textContent = text;
}

async function poll() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    await ask();
    failures = 0;
    updatedAt = new Date();
  } catch (error) {
    if (error.name === "AbortError") return;
    failures += 1;
  }
  showConnection();
  countAges(Date.now() + serverAhead, patterns);
  timer = setTimeout(poll, nextDelay(failures));
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  asking?.abort();
  if (document.hidden) return;
  failures = 0;
  poll();
});

if (resizeOrigin && parent !== window) {
  let height = 0;
  new ResizeObserver(() => {
    const now = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    parent.postMessage({ type: "okr:resize", height }, resizeOrigin);
  }).observe(document.documentElement);
}

openForPrint();
countAges(Date.now() + serverAhead, patterns);
timer = setTimeout(poll, nextDelay(0));
