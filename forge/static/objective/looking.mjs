// Whether somebody looks at this frame: its tab is in front, and the frame within the window.

/** Calls `look` with true or false now and at each change. */
export function whileLooking(look) {
  let within = true;
  let told = null;
  const tell = () => {
    const looking = within && !document.hidden;
    if (looking === told) return;
    told = looking;
    look(looking);
  };
  document.addEventListener("visibilitychange", tell);
  new IntersectionObserver((seen) => {
    within = seen.at(-1).isIntersecting;
    tell();
  }).observe(document.documentElement);
  tell();
}
