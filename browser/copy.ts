/** Puts a button beside each text to copy; without it one selects and copies by hand. */
for (const field of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("[data-copy]")) {
  if (!navigator.clipboard) continue;
  const { copy = "", copied = "" } = field.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nl-button nl-button--secondary copy-button";
  button.textContent = copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "meta";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    said.textContent = copied;
  });
  const row = document.createElement("p");
  row.className = "copy";
  row.append(button, " ", said);
  field.after(row);
}
