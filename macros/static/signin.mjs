// "Sign in with Confluence" in the frame: opens the popup, and redeems what it brings home.

const CHANNEL = "okr-signin";
const POPUP = "popup,width=560,height=720";

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** A secret that stays in this frame, and the digest of it that travels. */
async function newProof() {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)) };
}

// Ready before the click, for a popup that opens later than the click is blocked.
let proof = await newProof();
let popup = null;
let place = null;

function say(text) {
  const told = place?.querySelector("[role=status]");
  if (told) told.textContent = text;
}

function begin(offer) {
  place = offer;
  const address = new URL(`${offer.dataset.signin}start`, location.href);
  address.searchParams.set("challenge", proof.challenge);
  const locale = document.documentElement.lang;
  if (locale) address.searchParams.set("locale", locale);
  popup = open(address, CHANNEL, POPUP);
  say(popup ? offer.dataset.waiting : offer.dataset.blocked);
}

async function redeem(code) {
  const { verifier } = proof;
  proof = await newProof();
  const answer = await fetch(new URL(`${place.dataset.signin}redeem`, location.href), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code, verifier }),
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}

// Other frames on the same page share our cookie, and this channel.
const neighbours = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
neighbours?.addEventListener("message", () => {
  if (document.querySelector("[data-signin]")) location.reload();
});

addEventListener("message", async (event) => {
  const told = event.data;
  if (event.origin !== location.origin || event.source !== popup || popup === null) return;
  if (told?.type !== "okr:signin" || told.challenge !== proof.challenge) return;
  try {
    await redeem(String(told.code));
  } catch {
    say(place.dataset.failed);
    return;
  }
  neighbours?.postMessage("signed-in");
  location.reload();
});

document.addEventListener("click", async (event) => {
  const offer = event.target.closest?.("[data-signin] button")?.closest("[data-signin]");
  if (offer) begin(offer);
  const leave = event.target.closest?.("button[data-signout]");
  if (!leave) return;
  await fetch(new URL(`${leave.dataset.signout}out`, location.href), { method: "POST" });
  location.reload();
});
