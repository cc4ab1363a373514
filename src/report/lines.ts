/** Lines of a stream of bytes, without ever holding more than one of them. */

/** A line without its line break; `bytes` is null when it was longer than allowed and was passed over. */
export interface ByteLine {
  readonly number: number;
  readonly bytes: Uint8Array | null;
  /** Bytes of the line, also when it was passed over. */
  readonly length: number;
}

const LINE_FEED = 10;

/** Splits at "\n", counting from line 1. Lines longer than `limit` bytes are passed over without being kept. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncIterable<ByteLine> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  const take = (piece: Uint8Array): void => {
    length += piece.length;
    if (length > limit) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  };
  const finish = (): ByteLine => {
    const line = { number, bytes: length > limit ? null : Buffer.concat(pieces), length };
    pieces = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    take(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}
