// What a macro does with its content, wherever that came from: puts fresh content in the place of
// old without disturbing the reader, lets ages go on, and opens everything for print.

import { ageText, changedNumbers, said } from "./live.mjs";

const main = () => document.getElementById("okr");

/** Replace what is shown by `fresh`, a `main` of this document; `changed` is how news is told. */
export function replaceWith(fresh, changed) {
  const news = changedNumbers(numbers(main()), numbers(fresh));
  const focused = focusedId();
  keepFoldOuts(fresh);
  main().dataset.showing = fresh.dataset.showing;
  main().replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  for (const one of news) {
    main().querySelector(`[data-number="${CSS.escape(one.key)}"]`)?.classList.add("okr-changed");
  }
  if (!news.length) return;
  document.getElementById("okr-announce").textContent = news
    .map((one) => said(changed, one))
    .join(" ");
}

/** Ages as of `now`, in milliseconds by the server's clock, in the words of the server. */
export function countAges(now, patterns) {
  for (const time of document.querySelectorAll("main time[datetime]")) {
    const text = ageText(Date.parse(time.dateTime), now, patterns);
    if (text !== null && time.textContent !== text) time.textContent = text;
  }
}

/** On paper nothing is folded away. */
export function openForPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
}

function numbers(root) {
  return [...root.querySelectorAll("[data-number]")].map((element) => ({
    key: element.dataset.number,
    title: element.dataset.title,
    percent: element.textContent,
  }));
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
