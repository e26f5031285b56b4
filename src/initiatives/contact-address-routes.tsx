import { DeskPage } from "../accounts/components.tsx";
import { DeskRoutes, type DeskVisit } from "../accounts/operations.ts";
import { emailField } from "../platform/fields.ts";
import { pick } from "../platform/localized.ts";
import { readFields } from "../protection/operations.ts";
import { ErrorSummary, Form, SubmitButton, TextField } from "../ui/forms.tsx";
import type { VisitContext } from "../visit.tsx";
import { isUuid } from "../writing/operations.ts";
import { getContactEmail, setContactEmail } from "./contact-address.ts";
import { getIslandAtWork, type IslandAtWork } from "./desk-queries.ts";

const ofIsland = async (c: VisitContext) => {
  const id = c.req.param("id") ?? "";
  return isUuid(id) ? (await getIslandAtWork(c.var.visit.ctx, id))?.id : undefined;
};

/** Where an initiative's tips and offers arrive. */
export const contactAddressDesk = new DeskRoutes()
  .get(
    (to) => to.part("islands", ":id", "contact"),
    "island.contact",
    ofIsland,
    (c, visit) => show(c, visit),
  )
  .post(
    (to) => to.part("islands", ":id", "contact"),
    "island.contact",
    ofIsland,
    async (c, visit) => {
      const { ctx, person, desk } = visit;
      const initiativeId = visit.initiativeId ?? "";
      const typed = (await readFields(c)).email ?? "";
      const parsed = emailField.safeParse(typed);
      const none = typed.trim() === "";
      if (!none && !parsed.success) return show(c, visit, { typed, error: "forms:email.invalid" });
      const email = none ? null : (parsed.data ?? null);
      await setContactEmail(ctx, { initiativeId, personId: person.id, email });
      return c.redirect(`${desk.part("islands", initiativeId, "contact")}?done=saved`, 303);
    },
  );

type Refused = { error: string; typed: string };

async function show(c: VisitContext, visit: DeskVisit, refused?: Refused) {
  const id = visit.initiativeId ?? "";
  const [island, email] = await Promise.all([getIslandAtWork(visit.ctx, id), getContactEmail(visit.ctx, id)]);
  if (!island) return c.notFound();
  const done = !refused && c.req.query("done") === "saved";
  return c.html(<ContactAddressPage {...{ visit, island, email, refused, done }} />, refused ? 422 : 200);
}

type PageProps = {
  visit: DeskVisit;
  island: IslandAtWork;
  email: string | null;
  refused: Refused | undefined;
  done: boolean;
};

function ContactAddressPage({ visit, island, email, refused, done }: PageProps) {
  const { t, language, desk } = visit;
  const name = pick(island.name, language).text;
  const title = t("initiatives:contact.title");
  const message = refused && t(refused.error);
  return (
    <DeskPage
      visit={visit}
      title={title}
      section="islands"
      at={(to) => to.part("islands", island.id, "contact")}
      lead={t("initiatives:contact.lead", { name })}
      errorCount={refused ? 1 : 0}
      announce={done ? t("initiatives:contact.saved") : undefined}
      headingId="contact-heading"
      breadcrumbs={[
        { href: desk.section("islands"), label: t("desk:nav.islands") },
        { href: desk.one("islands", island.id), label: name },
        { label: title },
      ]}
    >
      <ErrorSummary t={t} idPrefix="contact" errors={message ? [{ name: "email", message }] : []} />
      <p>{t("initiatives:contact.who")}</p>
      <Form action={desk.part("islands", island.id, "contact")} labelledBy="contact-heading">
        <TextField
          t={t}
          idPrefix="contact"
          name="email"
          type="email"
          optional
          label={t("initiatives:contact.label")}
          description={t("initiatives:contact.help")}
          value={refused?.typed ?? email ?? ""}
          error={message}
        />
        <SubmitButton>{t("initiatives:contact.button")}</SubmitButton>
      </Form>
    </DeskPage>
  );
}
