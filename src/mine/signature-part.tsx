import { paths } from "../paths.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Checkbox, Form, RadioGroup, SubmitButton } from "../ui/forms.tsx";
import type { Visit } from "../visit.tsx";
import { appearancesFor } from "./policy.ts";
import type { OwnSignature } from "./queries.ts";

type Props = { visit: Visit; signature: OwnSignature };

/** How one stands under the manifesto, and what one's invitation says: both changed at once. */
export function SignatureChoices({ visit, signature }: Props) {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <>
      <div class="kept__item">
        <h3 id="mine-change">{t("mine:signature.change")}</h3>
        <Form action={to.minePart("appearance")} labelledBy="mine-change">
          <RadioGroup
            t={t}
            idPrefix="mine"
            name="appearance"
            label={t("signing:appearance.label")}
            value={signature.appearance}
            options={appearancesFor(signature).map((value) => ({
              value,
              label: t(`signing:appearance.${value}.label`),
              description: t(`signing:appearance.${value}.why`),
            }))}
          />
          <SubmitButton look="secondary">{t("mine:signature.save")}</SubmitButton>
        </Form>
      </div>
      <Invitation visit={visit} signature={signature} />
      <div class="kept__item">
        <h3>{t("mine:signature.withdraw")}</h3>
        <p>{t("mine:signature.withdrawWhy")}</p>
        <ButtonLink href={to.minePart("signature")} look="secondary">
          {t("mine:signature.withdrawLink")}
        </ButtonLink>
      </div>
    </>
  );
}

function Invitation({ visit, signature }: Props) {
  const { t, language, here } = visit;
  const to = paths(language);
  const link = here.movementOrigin + to.invitation(signature.invite_code);
  return (
    <div class="kept__item">
      <h3 id="mine-invite">{t("mine:signature.invitation")}</h3>
      <p class="mine-figure">
        {t("mine:signature.throughYou")} <strong>{signature.invited}</strong>
      </p>
      <p class="meta">{t("mine:signature.throughYouWhy")}</p>
      <div class="utrecht-form-field field">
        <label class="utrecht-form-label" for="mine-invite-link">
          {t("signing:invite.link")}
        </label>
        <textarea
          class="utrecht-textarea utrecht-textarea--html-textarea"
          id="mine-invite-link"
          rows={2}
          readonly
          data-copy={t("signing:invite.copy")}
          data-copied={t("signing:invite.copied")}
        >
          {link}
        </textarea>
      </div>
      <Form action={to.minePart("invitation")} labelledBy="mine-invite">
        <Checkbox
          t={t}
          idPrefix="mine"
          name="shows-name"
          optional
          label={t("signing:invite.showsName", { name: signature.name })}
          description={t("signing:invite.showsNameWhy")}
          checked={signature.invite_shows_name}
        />
        <SubmitButton look="secondary">{t("signing:invite.save")}</SubmitButton>
      </Form>
    </div>
  );
}
