export { type Severity, severityOf, statusIn } from "./severity.ts";
