import { count, date, number, quoted } from '../../domain/french';
import { isRefusal, type Refusal } from '../../domain/issue';

/** One file of the national data set of QPV perimeters. */
export interface Resource {
	readonly title: string;
	readonly url: string;
	/** Bytes, when announced. */
	readonly filesize: number | null;
	/** ISO date or date and time, when announced. */
	readonly lastModified: string | null;
}

export interface Download {
	readonly bytes: Uint8Array;
	/** Name for the import report. */
	readonly fichier: string;
	/** Who publishes it, under what title, since when. */
	readonly source: string;
}

export interface DownloadOptions {
	readonly onProgress?: (progress: { readonly recu: number; readonly total: number | null }) => void;
	readonly signal?: AbortSignal;
	/** Beyond this size the file is refused; 80 Mo by default. */
	readonly maxBytes?: number;
	/** Longest silence accepted, in ms; 20 s by default. */
	readonly timeout?: number;
}

type Fetcher = typeof fetch;

export const DATASET = '5a561801c751df42d7fca9b6';
const MEGA = 1_000_000;
const ADVICE = `Téléchargez le fichier GeoJSON à la main sur https://www.data.gouv.fr/datasets/${DATASET}, puis importez-le.`;

/** `CROISEE_DATA_GOUV` replaces the national site (a mirror, a test). */
export const dataGouvBase = (): string => process.env.CROISEE_DATA_GOUV || 'https://www.data.gouv.fr';

/** The most recent GeoJSON file of the 2024 perimeters, whole country and WGS84 first. */
export async function findPerimetersResource(
	fetcher: Fetcher = fetch,
	base = dataGouvBase(),
	{ signal, timeout = 20_000 }: Pick<DownloadOptions, 'signal' | 'timeout'> = {}
): Promise<Resource | Refusal> {
	const api = `${base.replace(/\/+$/, '')}/api/1/datasets/${DATASET}/`;
	if (!URL.canParse(api) || !/^https?:/.test(api))
		return refuse(`L’adresse ${quoted(base)} (CROISEE_DATA_GOUV) n’est pas une adresse web.`);
	const body = await receive(fetcher, new URL(api), { signal, timeout, maxBytes: 20 * MEGA });
	if (isRefusal(body)) return body;
	let resources: unknown;
	try {
		resources = (JSON.parse(new TextDecoder().decode(body)) as { resources?: unknown } | null)?.resources;
	} catch {
		return refuse('La réponse de data.gouv.fr n’est pas lisible.');
	}
	if (!Array.isArray(resources)) return refuse('La réponse de data.gouv.fr ne liste aucun fichier.');
	const files = resources.flatMap((r) => readResource(r, base));
	const best = files.filter((f) => f.geojson && !f.old).sort((a, b) => b.score - a.score || later(a, b))[0];
	if (best) return best.resource;
	return files.some((f) => f.zip && !f.old)
		? refuse('Les périmètres de 2024 ne sont pas proposés en GeoJSON sur data.gouv.fr, seulement en archive.')
		: refuse('Aucun fichier GeoJSON des quartiers de 2024 n’est proposé sur data.gouv.fr.');
}

/** Finds the perimeters, then downloads them; every failure is one French sentence. */
export async function downloadPerimeters(
	base = dataGouvBase(),
	options: DownloadOptions & { readonly fetcher?: Fetcher } = {}
): Promise<Download | Refusal> {
	const fetcher = options.fetcher ?? fetch;
	const resource = await findPerimetersResource(fetcher, base, options);
	if (isRefusal(resource)) return resource;
	const bytes = await receive(fetcher, new URL(resource.url), { ...options, filesize: resource.filesize });
	if (isRefusal(bytes)) return bytes;
	const text = new TextDecoder('latin1');
	if (text.decode(bytes.subarray(0, 64)).trimStart().startsWith('<'))
		return refuse('data.gouv.fr a répondu par une page web au lieu du fichier des périmètres.');
	const zipped = text.decode(bytes.subarray(0, 2)) === 'PK';
	if (!zipped && !text.decode(bytes.subarray(-64)).trimEnd().endsWith('}'))
		return refuse('Le fichier des périmètres est arrivé incomplet.', `Recommencez dans quelques minutes. ${ADVICE}`);
	return { bytes, fichier: fileName(resource), source: describe(resource) };
}

interface Candidate {
	readonly resource: Resource;
	readonly geojson: boolean;
	readonly zip: boolean;
	/** Of the 2015 generation. */
	readonly old: boolean;
	readonly score: number;
}

function readResource(raw: unknown, base: string): Candidate[] {
	const r = (raw ?? {}) as Record<string, unknown>;
	const text = (key: string): string => (typeof r[key] === 'string' ? (r[key] as string) : '');
	if (!URL.canParse(text('url'), base)) return [];
	const url = new URL(text('url'), base);
	if (!/^https?:$/.test(url.protocol)) return [];
	const about = `${text('title')} ${url.pathname}`.toLowerCase();
	const zip = /zip|7z|tar|gz/.test(text('format')) || /\.(zip|7z|gz)$/.test(url.pathname);
	const says = (pattern: RegExp, points: number): number => (pattern.test(about) ? points : 0);
	const current = /2024/.test(about);
	return [
		{
			resource: {
				title: text('title') || url.pathname.split('/').at(-1) || 'sans titre',
				url: url.href,
				filesize: typeof r.filesize === 'number' && r.filesize > 0 ? r.filesize : null,
				lastModified: text('last_modified') || null
			},
			zip,
			geojson: /geojson/.test(zip ? about : `${text('format')} ${url.pathname}`.toLowerCase()),
			old: !current && /2014|2015|qp_?15/.test(about),
			score:
				(current ? 8 : 0) +
				says(/outre.?mer|hexagon|france.?enti|national/, 4) +
				says(/wgs.?84|4326|crs84/, 2) +
				// A zip that says it holds GeoJSON is read too, when there is nothing better.
				(zip ? -6 : 0) +
				says(/lambert|l93|2154|utm|rgaf|rgr92|5490|2975|2972/, -3) +
				says(/commune|centro[iï]de|liste|simplif/, -2)
		}
	];
}

const later = (a: Candidate, b: Candidate): number =>
	(b.resource.lastModified ?? '').localeCompare(a.resource.lastModified ?? '');

/** Bytes of an address, or why not; gives up after a silence, beyond a size, or when asked to. */
async function receive(
	fetcher: Fetcher,
	url: URL,
	options: DownloadOptions & { readonly filesize?: number | null }
): Promise<Uint8Array | Refusal> {
	const { onProgress, signal, maxBytes = 80 * MEGA, timeout = 20_000 } = options;
	const silence = new AbortController();
	const stop = (): void => silence.abort('silence');
	let timer = setTimeout(stop, timeout);
	const tooBig = refuse(`Le fichier des périmètres dépasse ${number(maxBytes / MEGA, 1)}\u00a0Mo.`);
	try {
		const all = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal;
		const response = await fetcher(url, {
			signal: all,
			headers: { accept: 'application/json, application/geo+json, */*' }
		});
		if (!response.ok || !response.body) {
			await response.body?.cancel();
			return refuse(`data.gouv.fr a répondu par une erreur (code ${response.status}).`);
		}
		const announced = response.headers.get('content-encoding') ? null : Number(response.headers.get('content-length'));
		const total = announced || options.filesize || null;
		if (announced && announced > maxBytes) {
			await response.body.cancel();
			return tooBig;
		}
		const chunks: Uint8Array[] = [];
		let recu = 0;
		for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
			clearTimeout(timer);
			timer = setTimeout(stop, timeout);
			recu += chunk.byteLength;
			if (recu > maxBytes) return tooBig;
			chunks.push(chunk);
			onProgress?.({ recu, total });
		}
		return Buffer.concat(chunks);
	} catch {
		if (signal?.aborted) return refuse('Le téléchargement a été interrompu.', null);
		if (silence.signal.aborted)
			return refuse(`data.gouv.fr ne répond plus depuis ${count(Math.ceil(timeout / 1000), 'seconde')}.`);
		return refuse('data.gouv.fr n’a pas pu être joint, ou la connexion s’est coupée.');
	} finally {
		clearTimeout(timer);
	}
}

const describe = ({ title, lastModified }: Resource): string =>
	`ANCT, ${quoted(title)}, data.gouv.fr${lastModified ? `, mis à jour le ${date(lastModified)}` : ''}`;

const fileName = ({ url, title }: Resource): string => {
	const last = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
	return /\.((geo)?json|zip)$/i.test(last) ? last : `${title}.geojson`;
};

const refuse = (refus: string, conseil: string | null = ADVICE): Refusal => ({ refus, conseil });
