import { deflateRawSync } from 'node:zlib';

/* A zip archive from texts and bytes, without a clock: the same entries make the same bytes. */

export interface ZipEntry {
	readonly nom: string;
	readonly contenu: string | Uint8Array;
	/** Kept as it is; the `mimetype` of an OpenDocument file must be. */
	readonly brut?: boolean;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names in UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;

/** Entries in the order given; dates are left at zero, `datedArchive` writes them. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { nom, contenu, brut } of entries) {
		const name = Buffer.from(nom, 'utf8');
		const data = typeof contenu === 'string' ? Buffer.from(contenu, 'utf8') : Buffer.from(contenu);
		const stored = brut ? data : deflateRawSync(data);
		const header = Buffer.alloc(26);
		header.writeUInt16LE(VERSION, 0);
		header.writeUInt16LE(FLAGS, 2);
		header.writeUInt16LE(brut ? 0 : 8, 4);
		header.writeUInt32LE(crc32(data), 10);
		header.writeUInt32LE(stored.length, 14);
		header.writeUInt32LE(data.length, 18);
		header.writeUInt16LE(name.length, 22);
		parts.push(signature(LOCAL), header, name, stored);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(offset, 10);
		directory.push(signature(CENTRAL), Buffer.from([VERSION, 0]), header, tail, name);
		offset += 4 + header.length + name.length + stored.length;
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(central.length, 8);
	end.writeUInt32LE(offset, 12);
	return new Uint8Array(Buffer.concat([...parts, central, signature(END), end]));
}

function signature(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	return c;
});

// `zlib.crc32` is not in every Node 20.
function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (crc >>> 8) ^ CRC[(crc ^ byte) & 0xff]!;
	return (crc ^ 0xffffffff) >>> 0;
}
