// Says that the site is being asked, and copies a template. Everything else works without it.

const working = document.getElementById("working");

function settle() {
  if (working) working.textContent = "";
  for (const button of document.querySelectorAll("form button")) button.disabled = false;
  document.body.removeAttribute("aria-busy");
}

for (const form of document.querySelectorAll("form[data-working]")) {
  form.addEventListener("submit", () => {
    document.body.setAttribute("aria-busy", "true");
    if (working) working.textContent = form.dataset.working;
    // after the submission has begun: a disabled button does not send its form
    setTimeout(() => {
      for (const button of document.querySelectorAll("form button")) button.disabled = true;
    });
  });
}

// Back from another page the browser shows this one as it was left.
addEventListener("pageshow", settle);

const copy = document.getElementById("copy");

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

async function copyPage(page) {
  if (!navigator.clipboard?.write) throw new Error("no clipboard here");
  const html = new Blob([page.innerHTML], { type: "text/html" });
  const text = new Blob([page.innerText], { type: "text/plain" });
  await navigator.clipboard.write([new ClipboardItem({ "text/html": html, "text/plain": text })]);
}

if (copy) {
  const page = document.getElementById("paste");
  const said = document.getElementById("copy-said");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await copyPage(page);
      said.textContent = copy.dataset.copied;
    } catch {
      select(page);
      said.textContent = copy.dataset.failed;
    }
  });
}

let openedForPrint = [];
addEventListener("beforeprint", () => {
  openedForPrint = [...document.querySelectorAll("details:not([open])")];
  for (const one of openedForPrint) one.open = true;
});
addEventListener("afterprint", () => {
  for (const one of openedForPrint) one.open = false;
});
