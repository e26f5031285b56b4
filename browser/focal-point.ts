/** A click in the picture chooses the point that has to stay in view; the radio buttons beside it do the same by name. */
const frame = document.querySelector<HTMLElement>("[data-focal]");
const part = frame?.closest("form");
const picture = frame?.querySelector("img");

if (frame && part && picture) {
  const field = (name: string) => part.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  const [x, y] = [field("focal_x"), field("focal_y")];
  const choices = [...part.querySelectorAll<HTMLInputElement>('input[name="focal"]')];
  const marker = document.createElement("span");
  marker.className = "media-focal__point";
  marker.ariaHidden = "true";
  frame.append(marker);

  /** The named places stand in three rows of three. */
  const placeOf = (index: number) => ({
    x: [0.15, 0.5, 0.85][index % 3] ?? 0.5,
    y: [0.15, 0.5, 0.85][Math.floor(index / 3)] ?? 0.5,
  });
  const show = () => {
    const chosen = choices.findIndex((choice) => choice.checked);
    const own = choices[chosen]?.value === "own";
    const point = own ? { x: Number(x?.value), y: Number(y?.value) } : placeOf(Math.max(chosen, 0));
    marker.style.insetInlineStart = `${picture.offsetLeft + point.x * picture.offsetWidth}px`;
    marker.style.insetBlockStart = `${picture.offsetTop + point.y * picture.offsetHeight}px`;
  };
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const share = (value: number, size: number) => Math.min(1, Math.max(0, value / size)).toFixed(3);
    if (x) x.value = share(event.clientX - box.left, box.width);
    if (y) y.value = share(event.clientY - box.top, box.height);
    const own = choices.find((choice) => choice.value === "own");
    if (own) own.checked = true;
    show();
  });
  for (const choice of choices) choice.addEventListener("change", show);
  new ResizeObserver(show).observe(picture);
}
