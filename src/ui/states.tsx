import type { FC } from "hono/jsx";

type StatesProps = { label: string; options: { label: string; href: string; chosen: boolean }[] };

/** The parts of a list, one of which is shown. */
export const States: FC<StatesProps> = ({ label, options }) => (
  <nav aria-label={label}>
    <ul class="chips">
      {options.map((option) => (
        <li>
          <a href={option.href} aria-current={option.chosen ? "true" : undefined}>
            {option.label}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
