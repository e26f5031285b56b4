import type { FC } from "hono/jsx";
import { SubmitButton } from "./buttons.tsx";

/** What somebody typed and that went nowhere: to be copied, so that it isn't lost. */
export const NotSent: FC<{ label: string; text: string }> = ({ label, text }) => (
  <div class="notice">
    <p>{label}</p>
    <blockquote class="visitor-text" dir="auto">
      {text}
    </blockquote>
  </div>
);

type Step = { label: string; action: string; name?: string; value?: string };

/** A mail that did not arrive, and what one can do about it. */
export const NotDelivered: FC<{ text: string; steps: Step[] }> = ({ text, steps }) => (
  <div class="notice">
    <p>{text}</p>
    <form method="post" class="desk-bar">
      {steps.map(({ label, ...step }) => (
        <SubmitButton look="secondary" {...step}>
          {label}
        </SubmitButton>
      ))}
    </form>
  </div>
);
