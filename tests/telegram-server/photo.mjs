/** What Telegram asks of a photo: at most 10 MB, width and height together at most 10,000, neither 20 times the other. */
import { bad } from "./refusal.mjs";

const LARGEST_PHOTO = 10 * 1024 * 1024;
const LARGEST_SUM = 10_000;
const LARGEST_RATIO = 20;
const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** Width and height in pixels. */
export function photoSize({ bytes }) {
  if (bytes.length > LARGEST_PHOTO)
    throw bad(
      `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${LARGEST_PHOTO} bytes`,
    );
  const size = bytes.subarray(0, 8).equals(PNG) ? ofPng(bytes) : ofJpeg(bytes);
  if (!size || size.width === 0 || size.height === 0) throw bad("IMAGE_PROCESS_FAILED");
  const { width, height } = size;
  const ratio = Math.max(width / height, height / width);
  if (width + height > LARGEST_SUM || ratio > LARGEST_RATIO) throw bad("PHOTO_INVALID_DIMENSIONS");
  return size;
}

function ofPng(bytes) {
  if (bytes.length < 33 || bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** From the first frame header. */
function ofJpeg(bytes) {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
