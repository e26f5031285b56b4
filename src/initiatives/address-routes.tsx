import { DeskPage } from "../accounts/components.tsx";
import { DeskRoutes, type DeskVisit, may } from "../accounts/operations.ts";
import { pick } from "../platform/localized.ts";
import { readFields } from "../protection/operations.ts";
import { ErrorSummary, Form, SubmitButton, TextField } from "../ui/forms.tsx";
import type { VisitContext } from "../visit.tsx";
import { isUuid } from "../writing/operations.ts";
import { setAddress } from "./address.ts";
import { getIslandAtWork, type IslandAtWork } from "./desk-queries.ts";

const ofIsland = async (c: VisitContext) => {
  const id = c.req.param("id") ?? "";
  return isUuid(id) ? (await getIslandAtWork(c.var.visit.ctx, id))?.id : undefined;
};

/** The host name of an island's own. */
export const addressDesk = new DeskRoutes()
  .get(
    (to) => to.part("islands", ":id", "checkHost"),
    "island.address",
    ofIsland,
    (c, visit) => show(c, visit),
  )
  .post(
    (to) => to.part("islands", ":id", "checkHost"),
    "island.address",
    ofIsland,
    async (c, visit) => {
      const { host = "" } = await readFields(c);
      const { ctx, person, desk } = visit;
      const initiativeId = visit.initiativeId ?? "";
      const ofMovement = may(person.roles, "island.address", null);
      const result = await setAddress(ctx, { initiativeId, personId: person.id, typed: host, ofMovement });
      switch (result.kind) {
        case "saved":
          return c.redirect(
            `${desk.part("islands", initiativeId, "checkHost")}?done=${result.host ? "saved" : "removed"}`,
            303,
          );
        case "unreachable":
          return show(c, visit, { error: visit.t(`initiatives:address.${result.why}`), typed: host });
        case "of-movement":
          return show(c, visit, {
            error: visit.t("initiatives:address.of-movement", { name: result.name }),
            typed: host,
          });
        case "invalid":
        case "taken":
          return show(c, visit, { error: visit.t(`initiatives:address.${result.kind}`), typed: host });
        default:
          return result satisfies never;
      }
    },
  );

/** `error` in words. */
type Refused = { error: string; typed: string };

async function show(c: VisitContext, visit: DeskVisit, refused?: Refused) {
  const island = await getIslandAtWork(visit.ctx, visit.initiativeId ?? "");
  if (!island) return c.notFound();
  const done = (["saved", "removed"] as const).find((one) => one === c.req.query("done"));
  return c.html(<AddressPage {...{ visit, island, refused, done }} />, refused ? 422 : 200);
}

type AddressPageProps = {
  visit: DeskVisit;
  island: IslandAtWork;
  refused: Refused | undefined;
  done: "saved" | "removed" | undefined;
};

function AddressPage({ visit, island, refused, done }: AddressPageProps) {
  const { t, language, desk } = visit;
  const name = pick(island.name, language).text;
  const title = t("initiatives:address.title");
  const base = new URL(visit.ctx.config.baseUrl).host;
  const message = refused?.error;
  return (
    <DeskPage
      visit={visit}
      title={title}
      section="islands"
      at={(to) => to.part("islands", island.id, "checkHost")}
      lead={t("initiatives:address.lead", { name })}
      errorCount={refused ? 1 : 0}
      announce={done && t(`initiatives:address.done.${done}`)}
      headingId="address-heading"
      breadcrumbs={[
        { href: desk.section("islands"), label: t("desk:nav.islands") },
        { href: desk.one("islands", island.id), label: name },
        { label: title },
      ]}
    >
      <ErrorSummary t={t} idPrefix="address" errors={message ? [{ name: "host", message }] : []} />
      <p>{t("initiatives:address.how", { base })}</p>
      <Form action={desk.part("islands", island.id, "checkHost")} labelledBy="address-heading">
        <TextField
          t={t}
          idPrefix="address"
          name="host"
          optional
          spellcheck={false}
          label={t("initiatives:address.label")}
          description={t("initiatives:address.help")}
          value={refused?.typed ?? island.host ?? ""}
          error={message}
        />
        <SubmitButton>{t("initiatives:address.button")}</SubmitButton>
      </Form>
    </DeskPage>
  );
}
