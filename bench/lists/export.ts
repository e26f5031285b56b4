import { table } from "../manifest/figures.ts";
import { load, memory, type Rig, say, tidied } from "./rig.ts";

/** How long whole lists take to download, and which memory. */
export async function measureExport(rig: Rig): Promise<void> {
  const { origin, cookie, count } = rig;
  const lines: string[][] = [];
  for (const path of ["ondertekeningen", "abonnees", "mensen"]) {
    const before = await tidied(rig);
    const begun = performance.now();
    const answer = await fetch(`${origin}/beheer/${path}/-/export.csv`, { headers: { cookie } });
    let [bytes, rows, most, waited] = [0, 0, 0, 0];
    const held: number[] = [];
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) rows++;
      most = Math.max(most, memory(rig).now);
      if (rows < ((held.length + 1) * count) / 5) continue;
      const paused = performance.now();
      held.push(await tidied(rig));
      waited += performance.now() - paused;
    }
    const seconds = (performance.now() - begun - waited) / 1000;
    const mb = (number: number) => `${number.toFixed(0)}`;
    lines.push([
      ...[path, String(rows), `${(bytes / 1e6).toFixed(0)} MB`, `${seconds.toFixed(1)} s`, mb(before)],
      ...[held.map(mb).join(", "), mb(most), load()],
    ]);
  }
  const memories = ["MB before", "MB at each fifth, tidied up", "most MB"];
  say(table(["export", "lines", "size", "time", ...memories, "load"], lines));
}
