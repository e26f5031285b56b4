import { rename, unwrap } from "./paste-dom.ts";

const blocks =
  "p, div, li, ul, ol, dl, dt, dd, h1, h2, h3, h4, h5, h6, br, hr, pre, blockquote, section, article, figure, figcaption";

/** Each cell under its own column: what a cell spans more (HTML, 4.9.12, "forming a table") is filled with empty ones. */
function spread(table: HTMLTableElement): HTMLTableCellElement[][] {
  const rows = [...table.rows];
  const grid: HTMLTableCellElement[][] = rows.map(() => []);
  const empty = () => table.ownerDocument.createElement("td");
  for (const [y, row] of rows.entries()) {
    let x = 0;
    for (const cell of [...row.cells]) {
      while (grid[y]![x]) x++;
      const height = Math.min(cell.rowSpan || rows.length, rows.length - y);
      for (let down = 0; down < height; down++)
        for (let right = 0; right < cell.colSpan; right++)
          grid[y + down]![x + right] ??= down === 0 && right === 0 ? cell : empty();
      x += cell.colSpan;
    }
  }
  const columns = Math.max(0, ...grid.map((row) => row.length));
  return grid.map((row) => Array.from({ length: columns }, (_, x) => row[x] ?? empty()));
}

/** Words alone: of a table that only lays out a page, or that stands in another one. */
function dissolve(table: HTMLTableElement): void {
  for (const cell of [...table.querySelectorAll("td, th, caption")]) rename(cell, "div");
  for (const part of [...table.querySelectorAll("tbody, thead, tfoot, tr, colgroup")]) unwrap(part);
  unwrap(table);
}

function oneLine(cell: Element): void {
  for (const block of [...cell.querySelectorAll(blocks)]) {
    block.before(" ");
    block.after(" ");
    unwrap(block);
  }
}

/** Tables keep their words: a first row of headings, as many cells in each row, one line in a cell. */
export function fitTables(root: ParentNode): void {
  for (const table of [...root.querySelectorAll("table")].reverse()) {
    const rows = spread(table);
    const isLayout = table.matches("[role=presentation], [role=none]") || (rows[0]?.length ?? 0) < 2;
    if (isLayout || table.parentElement?.closest("table")) {
      dissolve(table);
      continue;
    }
    for (const caption of [...table.querySelectorAll("caption")]) table.before(rename(caption, "p"));
    const made = rows.map((cells, index) => {
      const row = table.ownerDocument.createElement("tr");
      row.append(...cells);
      for (const cell of cells) {
        cell.removeAttribute("colspan");
        cell.removeAttribute("rowspan");
        oneLine(cell);
        rename(cell, index === 0 ? "th" : "td");
      }
      return row;
    });
    table.replaceChildren(...made);
  }
}
