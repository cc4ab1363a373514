/**
 * An admin adds reports, and somebody who wanted to know is told: the bot in its own process, with a folder of reports
 * of its own, against the fake Bot API. Renew with vitest -u, and read what has changed.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT } from "../five-reports.ts";
import { type BotRun, runBotProcess } from "./bot-run.ts";
import { useTelegram } from "./harness.ts";
import { Transcript } from "./transcript.ts";

const ADMIN = 900;
const telegram = await useTelegram();
const data = mkdtempSync(join(tmpdir(), "isnad-added-"));
let bot: BotRun;

beforeAll(async () => {
  cpSync(join(ROOT, "data", "reports"), data, { recursive: true });
  bot = await runBotProcess(telegram, { ADMIN_IDS: String(ADMIN), DATA_DIR: data });
});
afterAll(async () => {
  expect(await bot.stop()).toBe(0);
  rmSync(data, { recursive: true });
});

const REPORT = `قصف على حي الحويقة
شبكة الضفة الإخبارية

أفاد ناشطون بأن قذائف هاون سقطت على حي الحويقة في مدينة دير الزور يوم الثلاثاء 3 تشرين الأول 2017.

وجُرح خمسة أشخاص نُقلوا إلى مشفى في الحي، بحسب مصدر طبي.
`;

it("an admin's adding, and the alert that it brings", async () => {
  const reader = new Transcript(telegram, 11);
  await reader.say("أخبرني بكل جديد عن الحويقة");

  const admin = new Transcript(telegram, ADMIN);
  const draft = await admin.upload("../../قصف الحويقة (1).txt", Buffer.from(REPORT));
  expect(readdirSync(data)).not.toContain("added");
  const added = await admin.tapUntil(draft, "أضف إلى المجموعة", "ويمكن السؤال عنه الآن");
  const alert = await reader.take(1);
  await reader.tap(alert, "[1]");
  await reader.say("ماذا جرى في حي الحويقة يوم 3 تشرين الأول 2017؟");
  const names = readdirSync(join(data, "added")).sort();
  expect(names[0]).toMatch(/^قصف-الحويقة-1-\w{8}\.txt$/);
  expect(readFileSync(join(data, "added", names[0] ?? ""), "utf8")).toBe(REPORT);
  await admin.tapUntil(added, "تراجع عن هذا", "عادت المجموعة كما كانت");
  expect(readdirSync(join(data, "added"))).toEqual([]);

  admin.note("(محوّل من قناة)");
  const channel = { id: -100_1234567890, type: "channel", title: "شبكة الفرات", username: "furat_net" };
  const forward_origin = { type: "channel", chat: channel, message_id: 77, date: 1_507_050_000 };
  const post = await admin.say(
    "استهدفت طائرات حربية بلدة البوليل في ريف دير الزور الشرقي صباح اليوم، وقُتل أربعة مدنيين.",
    1,
    { forward_origin },
  );
  await admin.tap(post, "العنوان", 0);
  const titled = await admin.say("غارات على البوليل");
  await admin.tap(titled, "يوم الحدث", 0);
  const dated = await admin.say("3 تشرين الأول 2017");
  await admin.tapUntil(dated, "أضف إلى المجموعة", "ويمكن السؤال عنه الآن");
  await admin.say("ماذا جرى في البوليل يوم 3 تشرين الأول 2017؟");
  await admin.say("نص المصدر telegram-1234567890-77");

  await admin.upload("damaged.docx", Buffer.from("PK\u0003\u0004 not a document"));
  await admin.expectToRead("adding", expect);
  await reader.expectToRead("alert", expect);
}, 240_000);
