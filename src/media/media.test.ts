import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flag, phonePhoto, quarters } from "../../tests/support/images.ts";
import { startS3 } from "../../tests/support/s3.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { rememberPerson, removePerson } from "../people/operations.ts";
import { tidyMedia } from "./job-kinds.ts";
import { type Added, addImage, removeImage, stemOf } from "./operations.ts";

let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

async function add(
  app: TestApp,
  bytes: Buffer,
  more: Partial<Parameters<typeof addImage>[1]> = {},
): Promise<Added> {
  const upload = { bytes, fileName: "Haven van Zoë.PNG", initiativeId: null, personId: null, ...more };
  const result = await addImage(app.ctx, upload);
  if (result.kind !== "added") throw new Error(result.reason);
  return result;
}
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe.each(["a folder", "S3"])("images kept in %s", (where) => {
  const start = () => startTestApp({ starter: "none", env: where === "S3" ? s3.env : {} });

  test("an image is there at once in its first sizes, and in all sizes when it is asked for", async () => {
    const app = await start();
    const image = await add(app, await flag().jpeg().toBuffer());
    expect(image).toMatchObject({
      width: 1600,
      height: 900,
      src: `/media/${image.id}/1600x900-haven-van-zoe.jpg`,
    });
    expect(await app.ctx.storage.read(`${image.id}/1280.jpg`)).not.toBeNull();
    const plain = await app.get(image.src);
    expect(plain.headers.get("content-type")).toBe("image/jpeg");
    expect(await quarters(await bytesOf(plain))).toEqual(["coral", "sea", "sea", "sea"]);
    const types = { avif: "image/avif", webp: "image/webp", jpg: "image/jpeg" };
    for (const [extension, type] of Object.entries(types))
      for (const width of [320, 1600]) {
        const answer = await app.get(`/media/${image.id}/${width}.${extension}`);
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
      }
  });

  test("the job makes every size, and what is served is what was made: the same bytes for who asks", async () => {
    const app = await start();
    const beside = await startTestApp({
      ...{ starter: "none", beside: app },
      env: where === "S3" ? s3.env : { DATA_DIR: app.ctx.config.dataDir },
    });
    const image = await add(app, await flag(700, 500).png().toBuffer());
    // Two processes are asked at the same time, before the job ran.
    const read = async (at: TestApp) => {
      const answer = await at.get(`/media/${image.id}/320.webp`);
      expect(answer.status).toBe(200);
      return bytesOf(answer);
    };
    const [one, two] = await Promise.all([app, beside].map(read));
    await app.work();
    for (const size of ["320.avif", "700.avif", "320.webp", "700.webp", "320.jpg", "700.jpg"])
      expect(await app.ctx.storage.read(`${image.id}/${size}`), size).not.toBeNull();
    const later = (await app.ctx.storage.read(`${image.id}/320.webp`))!;
    expect(one!.equals(two!)).toBe(true);
    expect(one!.equals(later)).toBe(true);
  });

  test("removed, it is gone, and so are its files", async () => {
    const app = await start();
    const image = await add(app, await flag(400, 300).jpeg().toBuffer());
    expect(await removeImage(app.ctx, image.id, null)).toEqual({ kind: "removed" });
    expect((await app.get(image.src)).status).toBe(404);
    await app.work();
    for (const file of ["master.webp", "400.jpg", "320.jpg"])
      expect(await app.ctx.storage.read(`${image.id}/${file}`)).toBeNull();
    expect(await removeImage(app.ctx, image.id, null)).toEqual({ kind: "not-found" });
  });

  test("killed between the files and the row, nobody sees it, and a day later nothing of it is left", async () => {
    const app = await start();
    const { storage, db } = app.ctx;
    const dying = {
      ...app.ctx,
      storage: {
        ...storage,
        write: async (key: string, bytes: Buffer, type: string) => {
          if (key.endsWith(".jpg")) throw new Error("killed");
          await storage.write(key, bytes, type);
        },
      },
    };
    const bytes = await flag(400, 300).jpeg().toBuffer();
    const upload = { bytes, fileName: "x.jpg", initiativeId: null, personId: null };
    await expect(addImage(dying, upload)).rejects.toThrow("killed");
    const { id } = await db.selectFrom("media").select("id").executeTakeFirstOrThrow();
    expect(await storage.read(`${id}/master.webp`)).not.toBeNull();
    expect((await app.get(`/media/${id}/400x300-x.jpg`)).status).toBe(404);
    expect((await app.get(`/media/${id}/400.jpg`)).status).toBe(404);
    const again = await addImage(app.ctx, upload);
    expect(again.kind).toBe("added");
    app.advance(days(2));
    await app.ctx.jobs.enqueue(tidyMedia, {});
    await app.work();
    expect(await storage.read(`${id}/master.webp`)).toBeNull();
    expect(await db.selectFrom("media").select("id").execute()).toEqual([{ id: (again as Added).id }]);
    expect((await app.get((again as Added).src)).status).toBe(200);
  });
});

describe("serving", () => {
  let app: TestApp;
  let image: Added;
  beforeAll(async () => {
    app = await startTestApp();
    image = await add(app, await phonePhoto(), { fileName: "../../etc/passwd.jpg" });
  });
  afterAll(() => app.stop());

  test("an image is kept for good by who asked for it, is nothing but an image, and is not sent twice", async () => {
    const answer = await app.get(image.src);
    expect(image.src).toBe(`/media/${image.id}/900x1600-passwd.jpg`);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "image/jpeg",
      "content-disposition": "inline",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    });
    expect(Number(headers["content-length"])).toBe((await answer.arrayBuffer()).byteLength);
    expect(headers["set-cookie"]).toBeUndefined();
    const again = await app.request(image.src, { headers: { "if-none-match": headers.etag ?? "" } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    const head = await app.request(image.src, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      headers["content-length"],
      "",
    ]);
  });

  test("on an island's own host too", async () => {
    await app.given.initiative({ slug: "eigen", host: "eigen.example" });
    expect((await app.get(image.src, "eigen.example")).status).toBe(200);
  });

  test("the images of the starter content stay where they were", async () => {
    expect((await app.get("/media/portraits/suzanne-potjer.svg")).headers.get("content-type")).toBe(
      "image/svg+xml",
    );
  });

  test.each<(id: string) => string>([
    (id: string) => `/media/${id}/`,
    (id: string) => `/media/${id}/master.webp`,
    (id: string) => `/media/${id}/321.avif`,
    (id: string) => `/media/${id}/1920.avif`,
    (id: string) => `/media/${id}/320.png`,
    (id: string) => `/media/${id}/320.jpg.html`,
    (id: string) => `/media/${id}/1600x900-passwd.jpg`,
    (id: string) => `/media/${id}/900x1600-other.jpg`,
    (id: string) => `/media/${id.toUpperCase()}/320.jpg`,
    () => "/media/0198c0de-0000-4000-8000-000000000000/320.jpg",
    () => "/media/../secret.key",
    () => "/media/..%2fsecret.key",
    () => "/media/%2e%2e/%2e%2e/secret.key",
    (id: string) => `/media/${id}/..%2f..%2fsecret.key`,
    (id: string) => `/media/${id}/%2e%2e/%2e%2e/secret.key`,
    (id: string) => `/media/${id}/320.jpg%00.html`,
    (id: string) => `/media/${id}%2f320.jpg`,
    (id: string) => `/media/..\\..\\secret.key?${id}`,
  ])("what isn't there is not found: %s", async (path) => {
    expect((await app.get(path(image.id))).status).toBe(404);
  });
});

describe("what an image belongs to", () => {
  test("the same file again is the same image, but each initiative has its own", async () => {
    const app = await startTestApp({ starter: "none" });
    const bytes = await flag(40, 30).png().toBuffer();
    const { id: initiativeId } = await app.given.initiative();
    const first = await add(app, bytes);
    expect((await add(app, bytes)).id).toBe(first.id);
    expect((await add(app, bytes, { initiativeId })).id).not.toBe(first.id);
  });

  test("with an initiative its images go, files and all", async () => {
    const app = await startTestApp({ starter: "none" });
    const { id: initiativeId } = await app.given.initiative();
    const image = await add(app, await flag(40, 30).png().toBuffer(), { initiativeId });
    await app.ctx.db.deleteFrom("initiatives").where("id", "=", initiativeId).execute();
    expect((await app.get(image.src)).status).toBe(404);
    await app.ctx.jobs.enqueue(tidyMedia, {});
    await app.work();
    expect(await app.ctx.storage.read(`${image.id}/master.webp`)).toBeNull();
  });

  test("erasing a person keeps the image, and not who added it", async () => {
    const app = await startTestApp({ starter: "none" });
    const who = { email: "vera@example.org", name: "Vera", language: "nl" as const };
    const personId = await rememberPerson(app.ctx, who);
    const image = await add(app, await flag(40, 30).png().toBuffer(), { personId });
    await removePerson(app.ctx, personId);
    const row = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
    expect(row.added_by).toBeNull();
    expect((await app.get(image.src)).status).toBe(200);
  });

  test.each([
    ["Foto van Zoë (2).JPG", "foto-van-zoe-2"],
    ["C:\\Users\\vera\\Mijn foto.png", "mijn-foto"],
    ["../../../etc/passwd", "passwd"],
    ["<script>.svg.png", "script-svg"],
    ["照片.jpg", "beeld"],
    ["", "beeld"],
    [".htaccess", "beeld"],
    [`${"lang-".repeat(40)}.png`, "lang-lang-lang-lang-lang-lang-lang-lang-lang-lang-lang-lang"],
  ])("a file called %j is named %s", (fileName, stem) => {
    expect(stemOf(fileName)).toBe(stem);
  });
});
