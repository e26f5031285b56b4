import { testPublicPages } from "./accessibility.ts";
import { useBrowser } from "./support.ts";

testPublicPages("en", useBrowser());
