export type Uploaded =
  | { kind: "uploaded"; src: string }
  | { kind: "refused"; reason: string }
  | { kind: "failed" };

/** Sends an image to the server; `progress` hears how much is there, 0 to 100. */
export function upload(path: string, file: File, progress: (percent: number) => void): Promise<Uploaded> {
  const body = new FormData();
  body.set("file", file);
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
  request.open("POST", path);
  request.setRequestHeader("accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    progress(total > 0 ? Math.floor((loaded * 100) / total) : 0),
  );
  return new Promise((done) => {
    request.addEventListener("error", () => done({ kind: "failed" }));
    request.addEventListener("load", () => {
      const answer: { src?: string; error?: string } | null = request.response;
      if (answer?.src && request.status < 300) done({ kind: "uploaded", src: answer.src });
      else if (answer?.error) done({ kind: "refused", reason: answer.error });
      else done({ kind: "failed" });
    });
    request.send(body);
  });
}
