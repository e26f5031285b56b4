/** The workplace's menu is open on a wide screen and closed on a narrow one, until somebody opens it. */
const menu = document.querySelector<HTMLDetailsElement>("[data-desk-menu]");
const wide = matchMedia("(min-width: 62em)");
const adjust = () => {
  if (menu) menu.open = wide.matches;
};
adjust();
wide.addEventListener("change", adjust);

/** Who signs out leaves nothing of what they wrote in this browser. */
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  for (const name of Object.keys(localStorage))
    if (name.startsWith("archipel-draft:")) localStorage.removeItem(name);
});
