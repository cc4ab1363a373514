/** The file in which an addition is kept: its name, and for a forwarded post its bytes. Pure. */
import { collectedHow } from "../phrases/adding.ts";
import { dayInDamascus } from "../text/damascus.ts";
import type { Addition, Corrections, Post } from "./addition.ts";

const LONGEST_NAME = 60;
const LONGEST_ENDING = 10;

/** Letters and digits of the name that a file was sent under, with the draft's id, so that it is new: never a path, a hidden or a companion file. */
export function fileNameOf(draft: string, source: Addition["source"]): string {
  const mark = draft.replace(/[^A-Za-z0-9]/g, "0").slice(0, 8);
  if (source.kind === "report" || source.kind === "name") return "";
  if (source.kind === "post") return `${postId(source)}-${mark}.json`;
  const [, base = source.name, ending = ""] = /^(.*)\.([^.]*)$/s.exec(source.name) ?? [];
  const kept = base
    .normalize("NFC")
    .replace(/[^A-Za-z0-9\u0621-\u064a\u0660-\u0669]+/g, "-")
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, "");
  const plain = ending
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, LONGEST_ENDING);
  return `${kept === "" ? "report" : kept}-${mark}${plain === "" ? "" : `.${plain}`}`;
}

/** The same as Telegram Desktop's export of the channel would give it. */
export function postId({ channel, post }: Pick<Post, "channel" | "post">): string {
  return `telegram-${channelNumber(channel.id)}-${post}`;
}

const channelNumber = (id: string): string => id.replace(/^-?(?:100(?=\d{10}$))?/, "").replace(/\D/g, "");

/** Address of a post; of a channel without a name it works for its members. */
export function postUrl({ channel, post }: Pick<Post, "channel" | "post">): string {
  const base =
    channel.username !== null && /^\w{4,32}$/.test(channel.username)
      ? channel.username
      : `c/${channelNumber(channel.id)}`;
  return `https://t.me/${base}/${post}`;
}

/** When, by whom and how it came, in the names of the fields of reports. */
export function collectedFields({ by, at, source }: Pick<Addition, "by" | "at" | "source">) {
  const how = source.kind === "post" ? collectedHow.post : collectedHow.file;
  return { collected_at: at ?? undefined, collected_by: by, collected_how: how };
}

/** A forwarded post as a report (JSON), corrected as the admin says. `paths` are places, general to particular. */
export function postBytes(
  post: Post,
  {
    corrections,
    collected,
    paths,
  }: { corrections: Corrections; collected: object; paths: readonly string[] },
): Uint8Array {
  const { publisher, title, published, event } = corrections;
  const report = {
    id: postId(post),
    title: title ?? undefined,
    body: post.text,
    publisher: publisher ?? post.channel.title ?? undefined,
    url: postUrl(post),
    published: published ?? dayInDamascus(post.at * 1000),
    event_date: event ?? undefined,
    place: paths.length > 0 ? paths : undefined,
    ...collected,
  };
  return Buffer.from(`${JSON.stringify(report, null, 2)}\n`);
}
