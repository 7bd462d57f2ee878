/* Zip archives that carry no clock: the same content makes the same bytes, whenever it is written. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/**
 * Writes one date over those of every entry of a zip archive, in place.
 * in     an archive without comment, as docx and xlsx writers make them; `day` = YYYY-MM-DD
 * never  touches the content, its size or its checksum
 */
export function datedArchive(bytes: Uint8Array, day: string): Uint8Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let end = bytes.byteLength - 22;
	while (end >= 0 && view.getUint32(end, true) !== END) end--;
	if (end < 0) throw new Error('bug: not a zip archive');
	const [year = 1980, month = 1, date = 1] = day.split('-').map(Number);
	const stamp = ((year - 1980) << 9) | (month << 5) | date;
	let at = view.getUint32(end + 16, true);
	for (let left = view.getUint16(end + 10, true); left > 0; left--) {
		if (view.getUint32(at, true) !== ENTRY) throw new Error('bug: broken zip directory');
		for (const place of [at + 12, view.getUint32(at + 42, true) + 10]) {
			view.setUint16(place, 0, true);
			view.setUint16(place + 2, stamp, true);
		}
		at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return bytes;
}
