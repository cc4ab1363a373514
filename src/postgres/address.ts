/** Where a PostgreSQL server is, read from a DATABASE_URL. */

/** The schema in which everything of this project stands unless the address names another with `?schema=`. */
const DEFAULT_SCHEMA = "isnad";

/** Names that need no quoting anywhere and leave room for a suffix (PostgreSQL keeps 63 bytes). */
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,40}$/;

export interface Address {
  /** The address as the driver takes it, without `schema`. */
  readonly url: string;
  readonly schema: string;
  /** Host and database without user and password, for messages. */
  readonly shown: string;
}

/**
 * Reads an address such as `postgresql://user:secret@host:5432/name?schema=isnad`. One without a host, for a socket
 * (`postgresql://user@/name?host=/run/postgresql`), is no URL by the standard, so that the parts are cut by hand.
 * Throws RangeError for a schema with another name than small letters, digits and _.
 */
export function readAddress(databaseUrl: string): Address {
  const [before = "", query = ""] = split(databaseUrl, "?");
  const options = new URLSearchParams(query);
  const schema = options.get("schema") ?? DEFAULT_SCHEMA;
  if (!SCHEMA_NAME.test(schema)) throw new RangeError(schema);
  options.delete("schema");
  const rest = options.toString();
  const afterScheme = before.replace(/^[a-z]+:\/\//, "");
  const open = afterScheme.slice(afterScheme.lastIndexOf("@") + 1);
  const socket = options.get("host");
  return {
    url: rest === "" ? before : `${before}?${rest}`,
    schema,
    shown: open.startsWith("/") && socket !== null ? `${socket}${open}` : open,
  };
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
