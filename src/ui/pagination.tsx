import type { FC } from "hono/jsx";
import type { Translate } from "../platform/i18n.ts";

type PaginationProps = { t: Translate; page: number; pages: number; href: (page: number) => string };

/** Links to the other pages of a list; nothing when there is one page. Pages count from 1. */
export const Pagination: FC<PaginationProps> = ({ t, page, pages, href }) => {
  if (pages <= 1) return null;
  return (
    <nav class="utrecht-pagination pagination" aria-label={t("ui:pagination")}>
      {page > 1 && (
        <a class="utrecht-pagination__relative-link" rel="prev" href={href(page - 1)}>
          {t("ui:previousPage")}
        </a>
      )}
      <ol class="pagination__pages">
        {shownPages(page, pages).map((number) => (
          <li>
            {number === null ? (
              <span class="pagination__gap">…</span>
            ) : (
              <a
                class={`utrecht-pagination__page-link${number === page ? " utrecht-pagination__page-link--current" : ""}`}
                href={href(number)}
                aria-label={t("ui:page", { page: number })}
                aria-current={number === page ? "page" : undefined}
              >
                {number}
              </a>
            )}
          </li>
        ))}
      </ol>
      {page < pages && (
        <a class="utrecht-pagination__relative-link" rel="next" href={href(page + 1)}>
          {t("ui:nextPage")}
        </a>
      )}
    </nav>
  );
};

/** First, last and the neighbours of the current page; null stands for a gap. */
function shownPages(page: number, pages: number): (number | null)[] {
  const near = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === pages || Math.abs(number - page) <= 1,
  );
  return near.flatMap((number, index) =>
    index > 0 && number - near[index - 1]! > 1 ? [null, number] : number,
  );
}
