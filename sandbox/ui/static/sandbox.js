// Frames may ask for their height: only the origin and the window that the frame shows are heard.
window.addEventListener("message", (event) => {
  const height = event.data && event.data.type === "okr:resize" ? Number(event.data.height) : NaN;
  if (!Number.isFinite(height)) return;
  for (const frame of document.querySelectorAll("iframe.macro")) {
    if (frame.contentWindow === event.source && frame.dataset.origin === event.origin) {
      frame.style.height = `${Math.min(Math.max(height, 40), 6000)}px`;
    }
  }
});

// Buttons of the board change it in place; without this script they reload the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-live]")) return;
  event.preventDefault();
  const data = new FormData(form);
  if (event.submitter) {
    data.set(event.submitter.name, event.submitter.value);
    event.submitter.disabled = true;
  }
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
  if (!answer.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = [...document.querySelectorAll("#live details[id][open]")].map((box) => box.id);
  document.getElementById("live").replaceWith(fresh.getElementById("live"));
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  const card = form.closest(".card");
  const again = card && document.getElementById(card.id);
  again?.querySelector("a, button")?.focus({ preventScroll: true });
});

// A choice is sent at once; the button beside it is for those without this script.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// A click into a cell opens it, unless it meant a link or marked some words.
document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-cell]");
  if (!cell || event.target.closest("a, button, input, textarea, summary")) return;
  if (String(getSelection())) return;
  location.assign(`${location.pathname}?cell=${cell.dataset.cell}`);
});

// The keyboard gets there too: cells can be reached, and opened with Enter.
document.addEventListener("DOMContentLoaded", () => {
  for (const cell of document.querySelectorAll("[data-cell]")) cell.tabIndex = 0;
  const narrow = matchMedia("(max-width: 800px)").matches;
  if (narrow) document.querySelector("details.pages")?.removeAttribute("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-cell]")) event.target.click();
});
