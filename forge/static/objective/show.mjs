// The frame's document: the service's content without anything that acts, and the states of the shell.

import { countAges, replaceWith } from "../../../macros/static/content.mjs";

const ACTIVE =
  "script, style, link, meta, base, iframe, frame, object, embed, form, template, animate, set, foreignObject";
const SAFE_LINK = /^(https?:\/\/|#)/i;

const main = () => document.getElementById("okr");
const offline = () => document.getElementById("okr-offline");

/**
 * Put the content of the service's document in place of what is shown. Throws for a document that
 * holds none. Gives what goes on meanwhile: `{tick}` lets ages count.
 */
export function showDocument(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("okr");
  if (!fresh) throw new Error("the answer holds no OKRs");
  disarm(fresh);
  const { ages, changed, now } = page.body.dataset;
  const ahead = Date.parse(now) - Date.now();
  const patterns = JSON.parse(ages);
  document.documentElement.lang = page.documentElement.lang;
  main().setAttribute("aria-busy", "false");
  replaceWith(document.adoptNode(fresh), changed);
  const tick = () => countAges(Date.now() + ahead, patterns);
  tick();
  return { tick };
}

/** What the shell has to say instead of content; `retry` is offered as a button when given. */
export function showState(name, { title, why = "", retry = null }) {
  const section = document.createElement("section");
  section.className = "okr-state";
  const text = section.appendChild(document.createElement("div"));
  text.appendChild(document.createElement("h1")).textContent = title;
  if (why) text.appendChild(document.createElement("p")).textContent = why;
  if (retry) text.appendChild(button(retry));
  main().dataset.showing = name;
  main().setAttribute("aria-busy", String(name === "loading"));
  main().replaceChildren(section);
}

/** Whether content stands here that the service gave. */
export function hasContent() {
  return !["loading", "failed", "refused"].includes(main().dataset.showing);
}

/** Say since when nothing new has come, or take that back with an empty text. */
export function showOffline(text) {
  offline().hidden = !text;
  if (offline().textContent !== text) offline().textContent = text;
}

/** The service escapes what authors write; this holds even if it once did not. */
function disarm(root) {
  for (const element of root.querySelectorAll(ACTIVE)) element.remove();
  for (const element of root.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (acts(name, value)) element.removeAttribute(name);
    }
  }
}

function acts(name, value) {
  if (/^on|^(style|srcdoc|src|action|formaction|ping)$/i.test(name)) return true;
  return /(^|:)href$/i.test(name) && !SAFE_LINK.test(value.trim());
}

function button({ label, act }) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}
