/** Who may see the page: everyone who reaches it, or whoever brings a token; and only at the page's own addresses. */
import { createHash, timingSafeEqual } from "node:crypto";

export interface AccessOptions {
  /** Without any, everyone who reaches the address may. */
  readonly tokens: readonly string[];
  /** Address at which others reach the page; null for none but this machine. */
  readonly publicUrl: string | null;
  /** Where the server listens. */
  readonly host: string;
}

export interface WebAccess {
  /** Whether the Host header names this page: a foreign name that leads here is no way in. */
  knowsHost(request: Request): boolean;
  /** Whether a page of another site sent it. */
  isForeign(request: Request): boolean;
  isAdmitted(request: Request): boolean;
  /** Whether this is one of the tokens. */
  accepts(token: string): boolean;
  /** The value of Set-Cookie that lets a browser in, and of one that lasts for a conversation. */
  cookie(token: string): string;
  conversationCookie(id: string): string;
}

const COOKIE = "isnad_access";
const CONVERSATION = "isnad_conversation";
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/;
const DAYS_30 = 30 * 24 * 3600;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

export function makeAccess({ tokens, publicUrl, host }: AccessOptions): WebAccess {
  const fingerprints = tokens.map(digest);
  const known = new Set(tokens.map((token) => cookieValue(token)));
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host;
  const secure = publicUrl?.startsWith("https:") ? "; Secure" : "";
  const attributes = `; Path=/; HttpOnly; SameSite=Strict${secure}`;
  const accepts = (token: string): boolean => {
    const given = digest(token);
    // All are compared, so that the time tells nothing of the tokens.
    return fingerprints.filter((each) => timingSafeEqual(each, given)).length > 0;
  };
  return {
    knowsHost(request) {
      const { host: asked, hostname } = new URL(request.url);
      return isLoopback(hostname) || asked === publicHost || hostname === host || host === "0.0.0.0";
    },
    isForeign(request) {
      const site = request.headers.get("sec-fetch-site");
      if (site !== null) return site !== "same-origin" && site !== "none";
      const origin = request.headers.get("origin");
      if (origin === null) return false;
      return !URL.canParse(origin) || !isOwn(new URL(origin).host, request, publicHost);
    },
    isAdmitted(request) {
      if (tokens.length === 0) return true;
      const bearer = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
      if (bearer !== undefined) return accepts(bearer);
      const value = readCookie(request, COOKIE);
      return value !== null && known.has(value);
    },
    accepts,
    cookie: (token) => `${COOKIE}=${cookieValue(token)}; Max-Age=${DAYS_30}${attributes}`,
    conversationCookie: (id) => `${CONVERSATION}=${id}${attributes}`,
  };
}

function isOwn(host: string, request: Request, publicHost: string | null): boolean {
  return host === new URL(request.url).host || host === publicHost;
}

/** The cookie holds what is made from the token, not the token. */
function cookieValue(token: string): string {
  return createHash("sha256").update(`cookie ${token}`).digest("base64url");
}

function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const pair = pairs.find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? null;
}

/** The conversation that a browser is in, or null for a new one. */
export function conversationOf(request: Request): string | null {
  const id = readCookie(request, CONVERSATION);
  return id !== null && /^[A-Za-z0-9_-]{22}$/.test(id) ? id : null;
}
