import { defineConfig } from "vite";

/** Browser code: `vite build`. Server code: `vite build --ssr` (mode "server"), see package.json. */
export default defineConfig(({ mode }) =>
  mode === "server"
    ? {
        build: {
          ssr: true,
          outDir: "dist/server",
          target: "node24",
          sourcemap: true,
          rollupOptions: {
            input: ["src/main.ts", "src/cli.ts"],
            output: { entryFileNames: "[name].js" },
          },
        },
      }
    : {
        publicDir: "browser/public",
        build: {
          outDir: "dist/browser",
          manifest: true,
          modulePreload: false,
          assetsInlineLimit: 0,
          rollupOptions: {
            input: [
              "browser/site.css",
              "browser/desk.css",
              "browser/desk.ts",
              "browser/editor.ts",
              "browser/manifest-counter.ts",
              "browser/proof-of-work.ts",
              "browser/sign.ts",
              "browser/passkey.ts",
              "browser/similar.ts",
              "browser/copy.ts",
              "browser/import-progress.ts",
              "browser/focal-point.ts",
              "browser/editions.ts",
            ],
          },
        },
      },
);
