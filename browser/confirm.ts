/** Confirms by itself once a person can see the page; mail scanners that follow links never do. */
const form = document.querySelector<HTMLFormElement>("form[data-confirm]");

function confirmWhenVisible(): void {
  if (!form || document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", confirmWhenVisible);
  form.requestSubmit();
}

document.addEventListener("visibilitychange", confirmWhenVisible);
confirmWhenVisible();
