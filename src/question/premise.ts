/** What a question takes for granted: "لماذا انسحب التنظيم من القريتين؟" supposes that it withdrew. */
import type { Question } from "./question.ts";

const ASKING =
  /^\s*[وف]?(?:لماذا|لِماذا|ليش|لشو|علام|متى|متي|إيمت|ايمت|إيمتى|ايمتى|امتى|اشوكت|كيف|شلون)\s+(?:كان(?:ت|وا)?\s+)?/u;
const WHOLE = /(?:^|\s)(?:بالكامل|(?:ال)?كامل(?:ة|اً|ا)?|كله|كلها|نهائيا|نهائياً)(?=\s|[؟?!.،]|$)/u;

/** The statement that a why, when or how of one sentence supposes, without its days; null where a question supposes none. */
export function supposed({ text, dates, actors, places }: Question): string | null {
  if (!ASKING.test(text) || actors.length + places.length === 0) return null;
  let statement = text;
  for (const { span } of [...dates].sort((a, b) => b.span[0] - a.span[0]))
    statement = `${statement.slice(0, span[0])}${statement.slice(span[1])}`;
  const bare = statement
    .replace(ASKING, "")
    .replace(/[؟?!.\s]+$/u, "")
    .replace(/\s(?:في|يوم|بتاريخ)$/u, "");
  return /[؟?!\n]/u.test(bare) || bare.split(/\s+/).length < 2 ? null : `${bare}.`;
}

/** Whether a statement says that something was done wholly. */
export function saysWholly(statement: string): boolean {
  return WHOLE.test(statement);
}
