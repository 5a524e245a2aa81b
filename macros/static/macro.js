// Keeps the macro on this page fresh: asks its own address each second while somebody looks.

import { ageText, changedNumbers, headerTag, nextDelay, said, verdict } from "./live.mjs";

const { ages, changed, resizeOrigin } = document.body.dataset;
const patterns = JSON.parse(ages);
const offline = document.getElementById("okr-offline");
const announce = document.getElementById("okr-announce");

let tag = headerTag(document.body.dataset.tag);
let serverAhead = Date.parse(document.body.dataset.now) - Date.now();
let updatedAt = new Date();
let failures = 0;
let timer = 0;
let asking = null;

const main = () => document.getElementById("okr");

function numbers(root) {
  return [...root.querySelectorAll("[data-number]")].map((element) => ({
    key: element.dataset.number,
    title: element.dataset.title,
    percent: element.textContent,
  }));
}

function countAges() {
  for (const time of document.querySelectorAll("main time[datetime]")) {
    const then = Date.parse(time.dateTime);
    const text = ageText(then, Date.now() + serverAhead, patterns);
    if (text !== null && time.textContent !== text) time.textContent = text;
  }
}

function focusedId() {
  const element = document.activeElement;
  if (!main().contains(element)) return "";
  return element.id || element.closest("details")?.querySelector("summary").id || "";
}

function keepFoldOuts(fresh) {
  for (const old of main().querySelectorAll("details[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(old.id)}`);
    if (same) same.open = old.open;
  }
}

function replaceWith(fresh) {
  const news = changedNumbers(numbers(main()), numbers(fresh));
  const focused = focusedId();
  keepFoldOuts(fresh);
  main().dataset.showing = fresh.dataset.showing;
  main().replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  for (const one of news) {
    main().querySelector(`[data-number="${CSS.escape(one.key)}"]`)?.classList.add("okr-changed");
  }
  if (news.length) announce.textContent = news.map((one) => said(changed, one)).join(" ");
}

async function take(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("okr");
  if (!fresh) throw new Error("the answer holds no macro");
  tag = answer.headers.get("ETag") ?? "";
  serverAhead = Date.parse(page.body.dataset.now) - Date.now();
  replaceWith(document.adoptNode(fresh));
}

async function ask() {
  asking = new AbortController();
  const headers = tag ? { "If-None-Match": tag } : {};
  const answer = await fetch(location.href, { headers, cache: "no-store", signal: asking.signal });
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
  countAges();
  timer = setTimeout(poll, nextDelay(failures));
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  asking?.abort();
  if (document.hidden) return;
  failures = 0;
  poll();
});

let openedForPrint = [];
addEventListener("beforeprint", () => {
  openedForPrint = [...document.querySelectorAll("details:not([open])")];
  for (const one of openedForPrint) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of openedForPrint) one.open = false;
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

countAges();
timer = setTimeout(poll, nextDelay(0));
