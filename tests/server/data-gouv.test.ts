import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import {
	DATASET,
	dataGouvBase,
	downloadPerimeters,
	findPerimetersResource
} from '../../src/lib/server/quartiers/data-gouv';

let server: Server | null = null;
afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = null;
	vi.unstubAllEnvs();
});

async function serve(listener: RequestListener): Promise<string> {
	server = createServer(listener);
	await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const API = `/api/1/datasets/${DATASET}/`;
const FILE = '/files/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson';
const geojson = JSON.stringify({ type: 'FeatureCollection', features: [], remplissage: 'x'.repeat(200_000) });
const resource = (title: string, format: string, url: string, last_modified = '2024-04-26T09:00:00+00:00') => ({
	title,
	format,
	url,
	filesize: 1000,
	last_modified
});
const wanted = resource('QP2024 France hexagonale et outre-mer WGS84', 'geojson', FILE);

/** Answers like data.gouv.fr: the list of files at the API, then the file. */
const site =
	(resources: unknown, file: RequestListener = (_, r) => r.end(geojson)): RequestListener =>
	(request, response) => {
		if (request.url === API) response.end(JSON.stringify({ title: 'QPV', resources }));
		else if (request.url === FILE) file(request, response);
		else response.writeHead(404).end('absent');
	};

describe('trouver les périmètres sur data.gouv.fr', () => {
	test('le fichier national de 2024 en WGS84 est choisi parmi les autres', async () => {
		const base = await serve(
			site([
				resource('Liste des QPV 2024', 'csv', '/files/liste.csv', '2026-01-01T00:00:00'),
				resource('QP2024 hexagone Lambert 93', 'geojson', '/files/QP2024_L93.geojson', '2026-01-01T00:00:00'),
				resource('Quartiers 2015', 'geojson', '/files/QP2015.geojson', '2026-01-01T00:00:00'),
				resource('QP2024 France hexagonale outre-mer', 'zip', '/files/QP2024.zip', '2026-01-01T00:00:00'),
				{ ...wanted, url: '/files/ancien_QP2024_WGS84_hexagone.geojson', last_modified: '2024-01-02T00:00:00' },
				wanted,
				{ title: 'cassé', url: 12 },
				resource('QP2024 %E9t%C3', 'geojson', '/files/%E9t%C3.geojson', '2024-01-01'),
				null
			])
		);
		expect(await findPerimetersResource(fetch, base)).toEqual({
			title: wanted.title,
			url: `${base}${FILE}`,
			filesize: 1000,
			lastModified: wanted.last_modified
		});
	});

	test('sans GeoJSON, une phrase le dit ; avec une archive seule, elle dit quoi en faire', async () => {
		const none = await serve(site([resource('Liste', 'csv', '/files/liste.csv')]));
		expect(await findPerimetersResource(fetch, none)).toMatchObject({
			refus: expect.stringContaining('Aucun fichier GeoJSON')
		});
		server?.close();
		const zip = await serve(site([resource('QP2024 shapefile', 'zip', '/files/QP2024_shp.zip')]));
		expect(await findPerimetersResource(fetch, zip)).toMatchObject({ refus: expect.stringContaining('archive') });
	});

	test('faute de mieux, une archive qui dit contenir du GeoJSON est prise telle quelle', async () => {
		const archive = { ...wanted, title: 'QP2024 GeoJSON WGS84', format: 'zip' };
		const base = await serve(site([archive], (_, r) => r.end('PK-contenu')));
		expect(await downloadPerimeters(base)).toMatchObject({ bytes: Buffer.from('PK-contenu') });
	});

	test('un autre site peut le remplacer', () => {
		expect(dataGouvBase()).toBe('https://www.data.gouv.fr');
		vi.stubEnv('CROISEE_DATA_GOUV', 'http://miroir.exemple');
		expect(dataGouvBase()).toBe('http://miroir.exemple');
	});
});

describe('télécharger les périmètres', () => {
	test('le fichier arrive entier, la progression se suit et la source se cite', async () => {
		const base = await serve(
			site([wanted], (_, r) => r.writeHead(200, { 'content-length': geojson.length }).end(geojson))
		);
		const steps: { recu: number; total: number | null }[] = [];
		const file = await downloadPerimeters(base, { onProgress: (p) => steps.push(p) });
		if (isRefusal(file)) throw new Error(file.refus);
		expect(new TextDecoder().decode(file.bytes)).toBe(geojson);
		expect(file.fichier).toBe('QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson');
		expect(file.source).toBe(
			'ANCT, «\u00a0QP2024 France hexagonale et outre-mer WGS84\u00a0», data.gouv.fr, mis à jour le 26/04/2024'
		);
		expect(steps.at(-1)).toEqual({ recu: geojson.length, total: geojson.length });
	});

	const never: RequestListener = () => {};
	const half: RequestListener = (_, r) => {
		r.writeHead(200);
		r.write(geojson.slice(0, 1000));
	};
	test.each<[string, RequestListener, RegExp]>([
		['un jeu de données introuvable', (_, r) => r.writeHead(404).end(), /code 404/],
		['une panne du site', (_, r) => r.writeHead(500).end('erreur'), /code 500/],
		['une page web à la place de la liste', (_, r) => r.end('<!doctype html>'), /pas lisible/],
		['une liste sans fichiers', (_, r) => r.end('{"resources":null}'), /ne liste aucun/],
		['une réponse nulle', (_, r) => r.end('null'), /ne liste aucun/],
		['un site muet', never, /ne répond plus/],
		['un fichier absent', site([{ ...wanted, url: '/files/QP2024.geojson' }]), /code 404/],
		['un fichier qui s’arrête en route', site([wanted], half), /ne répond plus/],
		['une connexion coupée', site([wanted], (_, r) => (r.write('{"a'), setTimeout(() => r.destroy(), 50))), /coupée/],
		['un fichier tronqué', site([wanted], (_, r) => r.end(geojson.slice(0, 1000))), /incomplet/],
		['une page web à la place du fichier', site([wanted], (_, r) => r.end('<html></html>')), /page web/],
		[
			'un fichier trop gros annoncé',
			site([wanted], (_, r) => r.writeHead(200, { 'content-length': 9e6 }).end()),
			/1\u00a0Mo/
		],
		['un fichier trop gros sans l’annoncer', site([wanted], (_, r) => r.end('{' + 'x'.repeat(2e6) + '}')), /1\u00a0Mo/]
	])('%s donne une phrase et un conseil, jamais une exception', async (_, listener, sentence) => {
		const base = await serve(listener);
		const answer = await downloadPerimeters(base, { timeout: 300, maxBytes: 1e6 });
		expect(answer).toMatchObject({
			refus: expect.stringMatching(sentence),
			conseil: expect.stringContaining('data.gouv.fr')
		});
	});

	test('un site injoignable donne une phrase', async () => {
		expect(await downloadPerimeters('http://127.0.0.1:1')).toMatchObject({ refus: expect.stringContaining('joint') });
	});

	test('une adresse de site mal écrite donne une phrase', async () => {
		expect(await downloadPerimeters('data gouv')).toMatchObject({
			refus: expect.stringContaining('CROISEE_DATA_GOUV')
		});
	});

	test('une personne peut interrompre', async () => {
		const base = await serve(site([wanted], half));
		const stop = new AbortController();
		const answer = downloadPerimeters(base, { signal: stop.signal, onProgress: () => stop.abort() });
		expect(await answer).toEqual({ refus: 'Le téléchargement a été interrompu.', conseil: null });
	});
});
