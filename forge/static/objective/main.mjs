// The frame of the macros and of the issue panel: asks the service through the Forge bridge for what
// to show, and keeps it fresh while somebody looks. Which page or issue it is, and who looks, the
// service learns from the token that Forge adds to each question.

import { events, invokeRemote, router, view } from "@forge/bridge";
import { openForPrint } from "../../../macros/static/content.mjs";
import { chosen } from "../parameters.mjs";
import { meaning } from "./answer.mjs";
import { whileLooking } from "./looking.mjs";
import { keepAsking } from "./pace.mjs";
import { hasContent, showDocument, showOffline, showState } from "./show.mjs";
import { languageOf, wordsFor } from "./words.mjs";

const PANEL = "okr-issue";
const MINUTE = 60_000;

let context = { locale: navigator.language };
let say = wordsFor(context.locale);
let etag = "";
let failures = 0;
let updatedAt = null;
let shown = { tick() {} };
let ready = false;

const config = () => context.extension?.config ?? {};

async function readContext() {
  context = await view.getContext();
  say = wordsFor(config().locale || context.locale);
  document.documentElement.lang = languageOf(config().locale || context.locale);
  if (config().theme) document.documentElement.dataset.colorMode = config().theme;
  else await view.theme.enable();
}

function question() {
  const locale = config().locale || context.locale;
  const macro = context.moduleKey === PANEL ? "" : context.moduleKey;
  const asked = { macro, ...chosen(context.moduleKey, context.extension), locale, etag };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
}

async function ask() {
  const outcome = await askOnce();
  if (!ready) view.emitReadyEvent().catch(() => {});
  ready = true;
  return outcome;
}

async function askOnce() {
  try {
    const response = await invokeRemote({
      path: context.moduleKey === PANEL ? "/forge/panel" : "/forge/macro",
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: question(),
    });
    return take(meaning(response));
  } catch {
    return fail();
  }
}

function take(answer) {
  if (answer.kind === "failed") return fail();
  failures = 0;
  updatedAt = new Date();
  showOffline("");
  if (answer.kind === "show") {
    shown = showDocument(answer.html);
    etag = answer.etag;
  }
  if (answer.kind === "refused") refuse(answer.status);
  return answer.kind === "show" ? "news" : "same";
}

/** Nothing stays on show that may no longer be read. */
function refuse(status) {
  etag = "";
  shown = { tick() {} };
  showState("refused", { title: say(status), why: say(`${status}Why`) });
}

function fail() {
  failures += 1;
  if (!hasContent()) {
    const retry = { label: say("retry"), act: () => asking.now() };
    showState("failed", { title: say("failed"), why: say("failedWhy"), retry });
  } else if (failures > 1) {
    showOffline(`${say("offline")} ${updatedAt.toLocaleString(document.documentElement.lang)}`);
  }
  return "failed";
}

/** Links do nothing in a frame of Forge unless the bridge opens them. */
function openLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    router.open(link.href);
  });
}

const asking = keepAsking(ask);

async function begin() {
  showState("loading", { title: say("loading") });
  openLinks();
  openForPrint();
  await readContext();
  if (!hasContent()) showState("loading", { title: say("loading") });
  await events.on("FORGE_CORE_MACRO_CONFIG_CHANGED", async () => {
    await readContext();
    etag = "";
    asking.now();
  });
  whileLooking((looking) => asking.look(looking));
  setInterval(() => shown.tick(), MINUTE);
}

begin().catch(() => showState("failed", { title: say("failed") }));
