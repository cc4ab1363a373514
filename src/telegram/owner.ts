/** Whose message a button stands under, in a group: a mark at the end of its data. */
const MARK = /~([A-Za-z0-9_-]{4})$/;

/** Callback data without the mark, and the mark if there is one. */
export function splitOwner(data: string): { readonly data: string; readonly owner: string | null } {
  return { data: data.replace(MARK, ""), owner: MARK.exec(data)?.[1] ?? null };
}
