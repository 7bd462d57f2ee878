import { buffer } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { number } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';

/** What a file may weigh when it arrives, and once unpacked. */
export const LIMITS = {
	octets: 60_000_000,
	decompresse: 300_000_000,
	/** A sheet of text shrinks 5 to 50 times; only what is also big is suspect. */
	rapport: 150,
	rapportApartirDe: 50_000_000,
	entrees: 5_000
} as const;

export interface Archive {
	readonly names: readonly string[];
	readonly encrypted: boolean;
	/** One file of the archive; null when it is not there. Never more bytes than it announced. */
	readonly extract: (name: string) => Promise<Uint8Array | null>;
	/** The same, as it is unpacked. */
	readonly stream: (name: string) => Promise<AsyncIterable<Uint8Array> | null>;
	/** Unpacks everything into nothing: an archive that lies about its sizes is told here, before any parser reads it. */
	readonly verify: () => Promise<Refusal | null>;
}

const broken: Refusal = {
	refus: 'Ce fichier est incomplet ou abîmé\u00a0: l’archive qu’il contient ne peut pas être ouverte.',
	conseil: 'Téléchargez-le de nouveau, ou ouvrez-le dans votre tableur et enregistrez-le au format .xlsx.'
};

/**
 * Opens a zip by its central directory and weighs it, before anything is unpacked.
 * in     bytes that start like a zip
 * out    names and a way to read them, or the reason not to
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive | Refusal> {
	const entries = new Map<string, Entry>();
	let zip: ZipFile;
	let total = 0;
	try {
		zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		for await (const entry of zip.eachEntry()) {
			// Two parts of one name: two readers would not read the same one.
			if (entries.has(entry.fileName)) return broken;
			entries.set(entry.fileName, entry);
			total += entry.uncompressedSize;
			if (total > LIMITS.decompresse) return tooBig(total);
			if (entries.size > LIMITS.entrees) return tooBig(null);
		}
	} catch {
		return broken;
	}
	if (total > LIMITS.rapportApartirDe && total > LIMITS.rapport * bytes.length) return tooBig(total);
	const list = [...entries.values()];

	return {
		names: [...entries.keys()],
		encrypted: list.some((entry) => entry.isEncrypted()),
		extract: async (name) => {
			const entry = entries.get(name);
			return entry ? buffer(await zip.openReadStreamPromise(entry)) : null;
		},
		stream: async (name) => {
			const entry = entries.get(name);
			return entry ? zip.openReadStreamPromise(entry) : null;
		},
		verify: async () => {
			try {
				for (const entry of list) {
					const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
					await pipeline(await zip.openReadStreamPromise(entry), nowhere);
				}
				return null;
			} catch {
				return broken;
			}
		}
	};
}

/** Text of one file of an archive; null when it is missing or cannot be unpacked. */
export async function extractText(archive: Archive, name: string): Promise<string | null> {
	try {
		const bytes = await archive.extract(name);
		return bytes ? new TextDecoder('utf-8').decode(bytes) : null;
	} catch {
		return null;
	}
}

export const isArchive = (x: Archive | Refusal): x is Archive => !isRefusal(x);

function tooBig(total: number | null): Refusal {
	const size = total === null ? 'des milliers de fichiers' : `${number(Math.round(total / 1_000_000), 0)} Mo`;
	return {
		refus: `Ce classeur cache ${size} une fois décompressé\u00a0: il n’est pas ouvert.`,
		conseil: 'Copiez la feuille du plan dans un classeur neuf, sans images ni lignes vides mises en forme.'
	};
}
