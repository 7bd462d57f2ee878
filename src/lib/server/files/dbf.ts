import type { CellValue } from '../../domain/import/sheet';
import { MAX_CELLS } from './cell-budget';
import { viaIconv } from './encoding';

interface Field {
	readonly type: string;
	readonly start: number;
	readonly length: number;
}

/**
 * Attributes of a shapefile (dBASE III). Text is UTF-8 when all of it is, else what `cpg` says, else windows-1252: it is often missing or wrong.
 * out    one record per object, null for those marked as deleted; dates as `YYYY-MM-DD`, blanks null
 * empty  null when the table is truncated, or is not one
 */
export function readDbf(bytes: Uint8Array, cpg = ''): (Readonly<Record<string, CellValue>> | null)[] | null {
	if (bytes.length < 33) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const count = view.getUint32(4, true);
	const header = view.getUint16(8, true);
	const size = view.getUint16(10, true);
	if (header < 33 || size < 1 || header + count * size > bytes.length) return null;
	const body = bytes.subarray(header, header + count * size);
	const fields: Field[] = [];
	const names: Uint8Array[] = [];
	let start = 1;
	for (let at = 32; at + 32 <= header && bytes[at] !== 13; at += 32) {
		const raw = bytes.subarray(at, at + 11);
		names.push(raw.includes(0) ? raw.subarray(0, raw.indexOf(0)) : raw);
		fields.push({ type: String.fromCharCode(bytes[at + 11]!), start, length: bytes[at + 16]! });
		start += bytes[at + 16]!;
	}
	if (fields.length === 0 || start > size || fields.length * count > MAX_CELLS) return null;
	const rows = Array.from({ length: count }, (_, i) => body.subarray(i * size, (i + 1) * size));
	const part = (row: Uint8Array, { start, length }: Field) => row.subarray(start, start + length);
	const utf8 = names.every(isUtf8) && rows.every((row) => fields.every((field) => isUtf8(part(row, field))));
	const encoding = utf8 ? 'utf8' : /850/.test(cpg) ? 'cp850' : 'windows-1252';
	// A long text may be cut in the middle of a letter.
	const read = (raw: Uint8Array): string => viaIconv(raw, encoding).replace(/\ufffd$/, '');
	const entetes = names.map((raw) => read(raw).trim());
	return rows.map((row) => {
		if (row[0] === 0x2a) return null;
		return Object.fromEntries(fields.map((field, i) => [entetes[i]!, valueOf(field.type, read(part(row, field)))]));
	});
}

function valueOf(type: string, raw: string): CellValue {
	const text = raw.replace(/\0.*$/s, '').trim();
	if (text === '' || /^\*+$/.test(text)) return null;
	if (type === 'N' || type === 'F') return Number.isFinite(Number(text)) ? Number(text) : null;
	if (type === 'D') return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : null;
	if (type === 'L') return /^[yto]/i.test(text) ? true : /^[nf]/i.test(text) ? false : null;
	return text;
}

/** True when the bytes are UTF-8, or the start of it: its last letter may be cut. */
function isUtf8(bytes: Uint8Array): boolean {
	if (bytes.every((byte) => byte < 0x80)) return true;
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
		return true;
	} catch {
		return false;
	}
}
