/** What servers and mail programs write in subjects and sentences, in the languages that come back. */

const anyOf = (...parts: string[]) => new RegExp(parts.join("|"), "iu");

export const automaticSubject =
  /^\s*(auto(mati(c|sch|sche|que|cally))?[- :]*(reply|response|antwoord|afwezigheid|beantwoord|réponse|generated)|autoreply|out of (the )?office|ooo\b|afwezig|niet aanwezig|ik ben (er )?(niet|even)|vakantie|vacation|on (leave|holiday)|abwesen|réponse automatique|absence|respuesta autom|risposta autom)/i;

export const failureSubject = anyOf(
  "undeliver|non-?deliver(y|able)|deliver\\w{0,10}[^.]{0,30}(fail|unable|problem|error|not possible)|(fail|unable|cannot|could not)\\w{0,10}[^.]{0,30}deliver|returned (mail|to sender)|return to sender|delivery status notification(?!.{0,4}\\((delay|success|relay))",
  "mail (system|delivery|sending|status)? ?(error|fail)|failure notice|failed mail|message (status|not delivered|refused|rejected|bounced)|(mail|message|email)( delivery)? (was )?(rejected|refused|bounced|blocked)|nondeliverable|^rejected:|^bounce",
  "niet[- ](bezorgd|afgeleverd|bestelbaar|te bezorgen|verzonden)|onbestelbaar|kan niet worden (bezorgd|afgeleverd)|kon niet worden (bezorgd|afgeleverd)|(bezorging|aflevering|verzending)[^.]{0,30}(mislukt|niet gelukt)|retour(gezonden)? afzender",
  "unzustellbar|nicht (zugestellt|zustellbar)|zustellung[^.]{0,30}(fehl|nicht)|fehler(hafte)?[^.]{0,20}zustell|non (remis|distribué|délivré)|échec (de |d')?(la )?(remise|distribution|envoi)|message refusé",
  "no (entregad|se (ha )?pud)|devuelto|mancata consegna|non (recapitat|consegnat)|impossibile (recapitare|consegnare)|n[aã]o (entregue|p[oô]de)|devolvid|nie (dostarczono|doręczon|można)|niedostarcz|kunde inte levereras|ej levererat|(kan|kunne) ikke leveres|ikke levert|ei voitu toimittaa|nedoručiteln|kézbesít\\p{L}* hiba|iletilemedi|teslim edilemedi",
  "не (может быть )?доставлен|недоставлен|ошибка доставки|送信できません|配信(不能|エラー|でき)|届けられません|退信|无法(投递|送达)|未送达|반송|전송 실패|배달",
);

export const failureText = anyOf(
  "(could|can|cannot|can't|was|were|has|have|been|be)( ?not|n't)?( yet)?( been)?( be)? ?(not |un)deliver(ed|able)|(could|can) ?not be (delivered|sent)|cannot be delivered|undeliver(able|ed)|not been delivered|(permanent|fatal) (error|failure)|(unable|failed|not able|wasn't able|cannot|could not|trying|attempting)( to)? deliver|delivery (to the following|has failed|failed|failure|error|problem|problems|errors)|had delivery|returned mail",
  "(was|were|is|been) (automatically )?(rejected|refused)|message (was )?not (delivered|accepted)|transcript of session|did not reach|(mail|message) (returned|bounced)|was blocked by|invalid final delivery",
  "niet (worden |kunnen )?(bezorgd|afgeleverd|worden bezorgd|worden afgeleverd)|(bezorgd|afgeleverd) worden|(bezorging|bezorgen|aflevering|afleveren|verzending)[^.]{0,80}(mislukt|niet gelukt)|niet gelukt[^.]{0,40}(bezorgen|af te leveren)|nicht (zugestellt|ausgeliefert)|zustellung[^.]{0,40}(fehlgeschlagen|nicht möglich)|nachrichtenzustellung",
  "n'a (pas )?(pu|été)[^.]{0,20}(remis|distribué|délivré|livré|être)|échec de (la )?(remise|distribution)|no (se )?(ha )?(pud|podido|fue)[^.]{0,20}entreg|no (pudo|fue) (ser )?entregad|non (è stato )?(possibile )?(consegn|recapit)|n[aã]o (p[oô]de|foi)[^.]{0,20}(entreg|enviad)|nie (mogła|mógł|została|udało)[^.]{0,20}dostarcz|(kunde|kunne) (inte|ikke) (levereras|leveres)|ei voitu toimittaa|nebylo možné doručit",
  "не может быть доставлен|не (было )?доставлен|送信できませんでした|送信に失敗|配信できません|お届けできません|エラーのため|无法(投递|送达|发送)|退回|发送失败|전송하지 못|전달되지",
);

export const delayWords = anyOf(
  "delayed|\\bdelay\\b|\\(delay\\)|still (trying|being retried|in the queue|undelivered)|(?<!not )will (be retried|be re-?tried|keep (trying|on)|continue to|retry|try again)|we'll (retry|keep|try)|keep trying until|not yet (been )?delivered|yet to be delivered|no action is required|do(es)? ?n[o']t need to (resend|re-send)|(attempts?|tries) will (continue|be made)|will be (attempted|queued)|attempts to deliver[^.]{0,40}will continue|(next|further) (attempt|retr)\\w* (will|in|at)|this is (only )?a (warning|temporary)|only a temporary failure|warning message only|transient non-fatal|delivery (is )?(incomplete|temporarily suspended|pending)|in a queue waiting",
  "vertraagd|vertraging|nog niet (bezorgd|afgeleverd)|lukt nog niet|wordt opnieuw geprobeerd|blijven[^.]{0,30}(proberen|probeert)|we proberen het|verzögert|weiterhin versucht|bisher nicht zugestellt|weitere zustellversuche|sera (de nouveau|réessay)|retardé|en retard|se seguirá intentando|retrasad|ritardo|verrà ritentat|atrasad|opóźnion|försenad|forsinket|задерж|遅延|再送|延迟|重试",
);

/** That a server stopped trying: its report may tell of earlier warnings. */
export const givenUp =
  /giv(en|ing) up|will not (be retried|continue|try|retry|re-?send)|not going to try|no (further|more) (attempts|retries)|permanent(ly)? (error|failure|fail|undeliver)|permanent fatal|failed permanently|(could|can) ?not be delivered (for|within|in|after) \d|has expired|(removed|deleted) from (the )?queue|too long in the queue|in the queue too long|opgegeven|endgültig|définiti|definitiv/i;

export const challengeWords =
  /(verify|confirm|prove)[^.]{0,60}(you are|human|sender|your (e-?mail|message|address))|awaiting (your )?(verification|approval)|(waiting|held|pending)[^.]{0,60}(verification|verify|confirm|approve)|spam ?arrest|boxbe|tmda|white-?list|bevestig[^.]{0,60}(afzender|mens|bericht)/i;
