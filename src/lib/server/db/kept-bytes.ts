import { gunzipSync, gzipSync } from 'node:zlib';

/* The bytes of an imported file, kept as they came: packed when that is worth it, so that a table of 100 000 rows does not weigh twice. */

export interface KeptBytes {
	readonly octets: Buffer;
	readonly codage: 'gzip' | null;
	/** Bytes of the file as it came. */
	readonly taille: number;
}

/** Under that, nothing is gained. */
const SMALL = 100_000;

export function packBytes(file: Uint8Array): KeptBytes {
	// The same bytes, not a copy: a large file is heavy enough once.
	const octets = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
	const packed = octets.subarray(0, 2).toString('latin1') === 'PK';
	if (packed || octets.length < SMALL) return { octets, codage: null, taille: octets.length };
	return { octets: gzipSync(octets, { level: 1 }), codage: 'gzip', taille: octets.length };
}

export const unpackBytes = ({ octets, codage }: Pick<KeptBytes, 'octets' | 'codage'>): Buffer =>
	codage === 'gzip' ? gunzipSync(octets) : octets;
