import * as v from "valibot";
import {
  type ApplicationList,
  applicationStates,
  type Catalogue,
  channels,
  fieldTypes,
  lifeEvents,
  mediaTypes,
  type Received,
  type Submission,
  type WithdrawalRequest,
  type Withdrawn,
} from "../../../../portal/procedures/wire.ts";
import { type Component, component, flag, matching, moment, sandbox, text, whole } from "../component.ts";

const wording = v.strictObject({ ja: text("In Japanese."), en: text("In English.") });
const day = (description: string) => matching(/^\d{4}-\d{2}-\d{2}$/, description);
const code = matching(/^\d{6}$/, "全国地方公共団体コード.");

const state = v.pipe(v.picklist(applicationStates), v.description("How far it has come."));
const followed = {
  id: text("Of the application."),
  procedure: text("Municipality and kind: `131105-moving-out`."),
  state,
  corrects: v.nullable(text("The returned application that it took the place of.")),
  events: v.pipe(
    v.array(v.strictObject({ at: moment("Of the event."), state, reason: v.nullable(text("Of the municipality.")) })),
    v.description("The oldest first."),
  ),
};
const followedExample = {
  id: "37bd4e8f32eabfac",
  procedure: "131105-moving-out",
  state: "received",
  corrects: null,
  events: [{ at: "2026-11-22T03:00:00Z", state: "received", reason: null }],
} as const;

export const proceduresComponents = {
  Catalogue: component<Catalogue>()(
    v.strictObject({
      sandbox,
      asOf: day("Of which it is."),
      today: day("In Japan, by the platform's clock."),
      municipalities: v.array(
        v.strictObject({
          code,
          name: text("As it is written."),
          kana: text("In hiragana."),
          prefecture: text("Its own."),
        }),
      ),
      procedures: v.array(
        v.strictObject({
          kind: text("The same wherever it is offered."),
          version: whole("Counts the changes of the form."),
          title: wording,
          summary: wording,
          keywords: v.array(v.string()),
          lifeEvents: v.array(v.picklist(lifeEvents)),
          fields: v.array(
            v.strictObject({
              name: text("Of the field."),
              label: wording,
              type: v.picklist(fieldTypes),
              required: flag("Whether it must be filled in."),
              length: whole("The most characters; of digits the exact number."),
              choices: v.array(v.strictObject({ value: v.string(), label: wording })),
            }),
          ),
          attachments: v.array(
            v.strictObject({
              name: text("Of the attachment."),
              label: wording,
              required: flag("Whether it must be there."),
              requiredWhere: v.pipe(
                v.nullable(v.strictObject({ field: text("Its name."), value: text("That makes it necessary.") })),
                v.description("Of one that is not required otherwise: where it is."),
              ),
              mediaTypes: v.array(v.picklist(mediaTypes)),
              maxBytes: whole("The largest that is taken."),
            }),
          ),
          offers: v.array(
            v.strictObject({
              municipality: code,
              channel: v.picklist(channels),
              from: v.nullable(day("The first on which it can be applied for.")),
              until: v.nullable(day("The last.")),
            }),
          ),
        }),
      ),
    }),
    {
      sandbox: true,
      asOf: "2026-11-01",
      today: "2026-11-22",
      municipalities: [{ code: "131105", name: "目黒区", kana: "めぐろく", prefecture: "東京都" }],
      procedures: [
        {
          kind: "moving-out",
          version: 1,
          title: { ja: "転出届", en: "Notification of moving out" },
          summary: { ja: "引っ越すことを届け出ます。", en: "Before a move." },
          keywords: ["てんしゅつ"],
          lifeEvents: ["moving"],
          fields: [
            {
              name: "movingDay",
              label: { ja: "異動日", en: "Day of the move" },
              type: "date",
              required: true,
              length: 10,
              choices: [],
            },
          ],
          attachments: [],
          offers: [{ municipality: "131105", channel: "online", from: null, until: null }],
        },
      ],
    },
  ),
  Submission: component<Submission>()(
    v.object({
      application: text("Canonical JSON (RFC 8785) of who applies for what."),
      signature: text("A detached CMS signature over its UTF-8, in Base64."),
      attachments: v.array(v.object({ name: text("In the application."), content: text("In Base64.") })),
    }),
    { application: '{"type":"mynakit.application/1"}', signature: "MIIB", attachments: [] },
  ),
  Received: component<Received>()(
    v.strictObject({ sandbox, ...followed, receipt: text("A compact JWS (ES256) of the platform.") }),
    { sandbox: true, ...followedExample, receipt: "eyJhbGciOiJFUzI1NiJ9.e30.c2ln" },
  ),
  ApplicationList: component<ApplicationList>()(
    v.strictObject({ sandbox, applications: v.array(v.strictObject(followed)) }),
    { sandbox: true, applications: [followedExample] },
  ),
  WithdrawalRequest: component<WithdrawalRequest>()(v.object({ application: followed.id }), {
    application: followedExample.id,
  }),
  Withdrawn: component<Withdrawn>()(v.strictObject({ sandbox, ...followed }), {
    sandbox: true,
    ...followedExample,
    state: "withdrawn",
  }),
} as const satisfies Record<string, Component>;
