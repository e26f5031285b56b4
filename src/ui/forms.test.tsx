import { expect, test } from "vitest";
import { translator } from "../platform/i18n.ts";
import { Checkbox, ErrorSummary, Form, Honeypot, RadioGroup, TextField } from "./forms.tsx";

const t = translator("nl");

test("a field reads label, description, error, field, and is tied to both texts", () => {
  const html = String(
    <TextField t={t} name="email" label="E-mail" description="Waarom" error="Vul een adres in" value="a&b" />,
  );
  const order = ["E-mail</label>", "Waarom", "Vul een adres in", "<input"].map((part) => html.indexOf(part));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(html).toContain('aria-describedby="field-email-description field-email-error"');
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain('value="a&amp;b"');
});

test("only an optional field says so", () => {
  expect(String(<TextField t={t} name="a" label="A" optional />)).toMatch(/A<span[^>]*> \(niet verplicht\)/);
  expect(String(<TextField t={t} name="a" label="A" />)).not.toContain("verplicht");
});

test("two forms with a prefix each share no id, and each summary links to its own fields", () => {
  const form = (idPrefix: string) =>
    String(
      <Form action="/x">
        <ErrorSummary t={t} idPrefix={idPrefix} errors={[{ name: "role", message: "Kies" }]} />
        <RadioGroup
          t={t}
          idPrefix={idPrefix}
          name="role"
          label="Rol"
          error="Kies"
          options={[
            { value: "a", label: "A" },
            { value: "b", label: "B", description: "B is goed" },
          ]}
        />
        <Honeypot t={t} idPrefix={idPrefix} />
      </Form>,
    );
  const ids = [...`${form("sign")}${form("join")}`.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(form("join")).toContain('href="#join-role"');
  expect(ids).toContain("join-role");
});

test("a consent starts empty, and its link stands outside the label", () => {
  const html = String(
    <Checkbox t={t} name="consent" label="Ik wil dit">
      <a href="/privacy">Privacy</a>
    </Checkbox>,
  );
  expect(html).not.toContain("checked");
  expect(html.indexOf("</label>")).toBeLessThan(html.indexOf("<a "));
});
