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
  document.getElementById("live").replaceWith(fresh.getElementById("live"));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) {
    const epic = event.target.value;
    location.search = epic ? `?epic=${encodeURIComponent(epic)}` : "";
  }
});
