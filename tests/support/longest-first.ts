import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest, the longest first; the rest follows in Vitest's own order. */
const long = [
  "tests/browser/accessibility.nl.test.ts",
  "tests/browser/accessibility.en.test.ts",
  "tests/workplace/looks.browser.test.ts",
  "tests/process/",
  "tests/browser/",
  ".browser.test.ts",
];

/** Begins with what takes longest, so that no processor waits for one last long file. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((part) => moduleId.includes(part));
      return at < 0 ? long.length : at;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
