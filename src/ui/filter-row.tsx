import type { Child } from "hono/jsx";

type Option = { label: Child; href: string; chosen?: boolean | undefined };
type FilterRowProps = { label: string; all: Option; options: Option[] };

/** One thing that a list can be filtered by: links, so that it works without script and stands in the URL. */
export function FilterRow({ label, all, options }: FilterRowProps) {
  const none = !options.some((option) => option.chosen);
  return (
    <div class="filters__row">
      <p class="filters__label">{label}</p>
      <ul class="chips">
        {[{ ...all, chosen: none }, ...options].map((option) => (
          <li>
            <a href={option.href} aria-current={option.chosen ? "true" : undefined}>
              {option.label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
