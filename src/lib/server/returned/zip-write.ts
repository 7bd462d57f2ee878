import { crc32, deflateRawSync } from 'node:zlib';

/* Writes a zip archive: sizes and checksums before each file, no extension, no clock. */

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
/** 1 January 2000, as zip writes dates: the same content makes the same bytes. */
const DAY = (20 << 9) | (1 << 5) | 1;
const UTF8_NAME = 0x0800;
/** Already compressed, or read as it stands by those who sniff files. */
const STORED = /(?:^mimetype|\.(?:png|jpe?g|gif|webp))$/i;

/** Bytes of an archive holding these files, in this order. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
	const parts: Uint8Array[] = [];
	const directory: Uint8Array[] = [];
	let offset = 0;
	for (const [path, bytes] of files) {
		const name = Buffer.from(path, 'utf8');
		const stored = STORED.test(path);
		const data = stored ? bytes : deflateRawSync(bytes);
		// Version, flags, method, time, day, checksum, both sizes, length of the name, no extra field.
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(UTF8_NAME, 2);
		common.writeUInt16LE(stored ? 0 : 8, 4);
		common.writeUInt16LE(DAY, 8);
		common.writeUInt32LE(crc32(bytes), 10);
		common.writeUInt32LE(data.length, 14);
		common.writeUInt32LE(bytes.length, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([u32(LOCAL), common, name]);
		const entry = Buffer.concat([u32(ENTRY), u16(20), common, Buffer.alloc(10), u32(offset), name]);
		parts.push(local, data);
		directory.push(entry);
		offset += local.length + data.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(END, 0);
	end.writeUInt16LE(files.size, 8);
	end.writeUInt16LE(files.size, 10);
	end.writeUInt32LE(listed.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, listed, end]);
}

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

function u16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}
