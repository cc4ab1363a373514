/** Deliveries as rows: planned from drafts, and read while they wait. */
import { z } from "zod";
import { deliveryRow } from "../row-schemas.ts";
import { sealed } from "../seal.ts";
import type { Delivery, DeliveryDraft } from "../state.ts";
import type { PostgresRows } from "./rows.ts";

export const idRow = z.object({ id: z.number() });

/** The columns of bot_deliveries that hold a draft, from three arrays. */
const DRAFTS =
  "unnest($1::text[], $2::bigint[], $3::text[]) WITH ORDINALITY AS d(chat, question, payload, n)";

/** Drafts as the three arrays that DRAFTS takes. */
export function draftArrays(drafts: readonly DeliveryDraft[]): [string[], (number | null)[], string[]] {
  return [
    drafts.map(({ chat }) => chat),
    drafts.map(({ question }) => question),
    drafts.map(({ chat, question, payload }) => sealed(["delivery", chat, question], payload)),
  ];
}

/** Inserts the drafts into `turn` (an SQL expression) for every row of `source`; their ids come back in order. */
export function insertDrafts(source: string, turn: string, now: string): string {
  return `INSERT INTO bot_deliveries (turn, chat, question, payload, status, planned_at)
    SELECT ${turn}, d.chat, d.question, d.payload, 'pending', ${now} FROM ${source}, ${DRAFTS} ORDER BY d.n
    RETURNING id`;
}

/** Plans drafts that answer no update: a turn for each chat, in the lane of its questions. */
export const PLAN_OUTSIDE = `
  WITH drafts AS (SELECT * FROM ${DRAFTS}),
  turns AS (
    INSERT INTO bot_turns (lane, crowded) SELECT chat, false FROM drafts GROUP BY chat ORDER BY min(n)
    RETURNING turn, lane)
  INSERT INTO bot_deliveries (turn, chat, question, payload, status, planned_at)
  SELECT turns.turn, d.chat, d.question, d.payload, 'pending', $4
  FROM drafts d JOIN turns ON turns.lane = d.chat ORDER BY d.n RETURNING id`;

/** The drafts with the ids that their rows were given. */
export function planned(
  drafts: readonly DeliveryDraft[],
  ids: readonly { readonly id: number }[],
): Delivery[] {
  const inOrder = ids.map(({ id }) => id).sort((a, b) => a - b);
  return inOrder.flatMap((id, index) => {
    const draft = drafts[index];
    return draft ? [{ ...draft, id, status: "pending" as const }] : [];
  });
}

/** Deliveries that wait, in order; one whose text is not what was written is left out, with a warning. */
export async function readDeliveries(
  rows: PostgresRows,
  where: string,
  ...values: number[]
): Promise<Delivery[]> {
  const sql = `SELECT id, chat, question, payload, status FROM bot_deliveries WHERE ${where} ORDER BY id`;
  const found: Delivery[] = [];
  for (const row of await rows.all(deliveryRow, sql, ...values)) {
    const payload = rows.unseal(["delivery", row.chat, row.question], row.payload);
    if (payload !== null) found.push({ ...row, payload });
    else
      await rows.run("UPDATE bot_deliveries SET payload = NULL, status = 'uncertain' WHERE id = $1", row.id);
  }
  return found;
}
