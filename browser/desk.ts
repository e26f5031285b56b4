/** The workplace's menu is open on a wide screen and closed on a narrow one, until somebody opens it. */
const menu = document.querySelector<HTMLDetailsElement>("[data-desk-menu]");
const wide = matchMedia("(min-width: 62em)");
const adjust = () => {
  if (menu) menu.open = wide.matches;
};
adjust();
wide.addEventListener("change", adjust);
