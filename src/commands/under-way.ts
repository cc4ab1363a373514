/** What confirmed drafts of admins change in the folder and in the corrections. */
import { fileNameOf } from "../telegram/addition-file.ts";
import type { Library } from "../telegram/library.ts";
import { ADDED_FOLDER, type UnderWay } from "./holding.ts";

/** Files only of those that are undone: what is brought in is not in the index yet. */
export function underWayOf(drafts: Parameters<Library["isHere"]>[0]): UnderWay {
  const out = drafts.filter(({ addition }) => addition.state === "undoing");
  return {
    files: new Set(out.map(({ id, addition }) => `${ADDED_FOLDER}/${fileNameOf(id, addition.source)}`)),
    reports: new Set(
      drafts.flatMap(
        ({
          addition: {
            source,
            understood: { reports },
          },
        }) => (source.kind === "report" ? [source.report] : reports.map(({ id }) => id)),
      ),
    ),
  };
}
