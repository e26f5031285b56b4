import type { Localized } from "../../src/platform/localized.ts";

/** What the library says of an image. */
export type Described = {
  src: string;
  name: string;
  alt: Partial<Localized> | null;
  decorative: boolean;
};

export type Uploaded =
  | { kind: "uploaded"; image: Described }
  | { kind: "refused"; reason: string }
  /** `signIn`: where to do so. */
  | { kind: "signed-out"; signIn: string }
  /** The server was not reached, or did not answer. */
  | { kind: "failed" };

/** Milliseconds without any progress after which an upload is given up: under way, and while the server works on it. */
const [stalled, working] = [30_000, 90_000];

/** Sends an image to the server; `progress` hears how much is there, 0 to 100. */
export function upload(path: string, file: File, progress: (percent: number) => void): Promise<Uploaded> {
  const body = new FormData();
  body.set("file", file);
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
  request.open("POST", path);
  request.setRequestHeader("accept", "application/json");
  request.responseType = "json";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waitAtMost = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), milliseconds);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    waitAtMost(stalled);
    progress(total > 0 ? Math.floor((loaded * 100) / total) : 0);
  });
  request.upload.addEventListener("load", () => waitAtMost(working));
  request.addEventListener("loadend", () => clearTimeout(timer));
  return new Promise((done) => {
    request.addEventListener("error", () => done({ kind: "failed" }));
    request.addEventListener("abort", () => done({ kind: "failed" }));
    request.addEventListener("load", () => {
      const answer: (Partial<Described> & { error?: string; signIn?: string }) | null = request.response;
      if (answer?.src && request.status < 300) {
        const { src, name = file.name, alt = null, decorative = false } = answer;
        done({ kind: "uploaded", image: { src, name, alt, decorative } });
      } else if (request.status === 401) done({ kind: "signed-out", signIn: answer?.signIn ?? "" });
      else if (answer?.error) done({ kind: "refused", reason: answer.error });
      else done({ kind: "failed" });
    });
    waitAtMost(stalled);
    request.send(body);
  });
}
