// Rebuilds the files of data/demonstration/ from their readable sources. Same sources, same files.
//   node bin/demonstration.mjs            writes them
//   node bin/demonstration.mjs --verifier fails when a file is not the one its sources give
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readOds, writeOds } from 'hucre/ods';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import { CORE_SCHEMA, load } from 'js-yaml';

const FOLDER = new URL('../data/demonstration/', import.meta.url);
const source = (name) => readFileSync(new URL(`sources/${name}`, FOLDER), 'utf8');
const yaml = (name) => load(source(name), { schema: CORE_SCHEMA });

// A fixed day: a workbook that kept the hour of its making would change at each build.
const WRITTEN_ON = new Date('2026-10-01T08:00:00Z');
const properties = (title) => ({ title, created: WRITTEN_ON, modified: WRITTEN_ON });
const HEADER = { font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } };
const BANNER = { font: { bold: true, size: 13 } };
const DATE = { numFmt: 'dd/mm/yyyy' };

const isDay = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const cell = (value) => (isDay(value) ? new Date(`${value}T00:00:00Z`) : (value ?? null));

/** Styles by « row,col », as hucre wants them; dates get a date format or they would be numbers to the reader. */
function styled(rows, styles) {
	const cells = new Map(styles.map(([row, col, style]) => [`${row},${col}`, { style }]));
	rows.forEach((row, r) => row.forEach((value, c) => value instanceof Date && cells.set(`${r},${c}`, { style: DATE })));
	return cells;
}

const TET = [
	['Axe (x)', (a) => a.axe, 'Champ texte'],
	['Sous-axe (x.x)', (a) => a.sous_axe, 'Champ texte'],
	[' Sous-sous axe (x.x.x)', () => null, 'Champ texte'],
	['Titre de la fiche action', (a) => a.titre, 'Champ texte'],
	['Titre de la sous-action', () => null, 'Champ texte non importé'],
	['Descriptif', (a) => a.descriptif, 'Champ texte '],
	['Instances de gouvernance', (a) => a.instances, 'Champ texte'],
	['Objectifs', (a) => a.objectifs, 'Champ texte'],
	['Indicateurs liés', (a) => a.indicateurs, 'Champ texte non importé\n🟢 Clé pour le pilotage'],
	['Structure pilote', (a) => a.structure, 'Champ texte\n(séparateur virgule)'],
	['Moyens humains et techniques', (a) => a.moyens, 'Champ texte'],
	['Partenaires ', (a) => a.partenaires, 'Champ texte\n(séparateur virgule)'],
	['Direction ou service pilote', (a) => a.service, 'Champ texte\n(séparateur virgule)'],
	['Personne pilote', () => null, 'Champ texte 🟢 Clé pour le pilotage\n(séparateur virgule)'],
	['Élu·e référent·e ', (a) => a.elu, 'Champ texte 🟢 Clé pour le pilotage\n(séparateur virgule)'],
	['Participation Citoyenne', (a) => a.participation, 'Champ liste déroulante \n(choix prédéfinis)'],
	['Financements', (a) => a.financements, 'Champ texte libre'],
	...[0, 1, 2].flatMap((i) => [
		[`Financeur ${i + 1}`, (a) => a.financeurs?.[i]?.[0], 'Champ texte\n(séparateur virgule)'],
		['Montant € HT', (a) => a.financeurs?.[i]?.[1], 'Champ numérique']
	]),
	['Budget prévisionnel total € HT', (a) => a.budget, 'Champ numérique'],
	['Statut ', (a) => a.statut, 'Champ liste déroulante 🟢 Clé pour le pilotage\n(choix prédéfinis)'],
	['Niveau de priorité', (a) => a.priorite, 'Champ liste déroulante 🟢 Clé pour le pilotage\n(choix prédéfinis)'],
	['Date de début', (a) => a.debut, 'Champ date'],
	['Date de fin', (a) => a.fin, 'Champ date'],
	['Action en amélioration continue', (a) => a.continue, 'Champ binaire'],
	['Mesures liées', () => null, 'Champ texte non importé'],
	['Actions liées', () => null, 'Champ texte non importé'],
	['Notes', (a) => a.notes, 'Champ texte non importé'],
	['Documents et liens', () => null, 'Champ texte non importé']
];
const BANNERS = [
	['Présentation de l’action', 0, 6],
	['Objectifs et indicateurs', 7, 8],
	['Acteurs', 9, 15],
	['Modalités de mise en œuvre', 16, 28],
	['Actions liées', 29, 32]
];

/** Territoires en Transitions: banners, headers, types, then one row per action. */
function pcaet() {
	const plan = yaml('pcaet.yaml');
	const actions = plan.axes.flatMap(({ axe, sous_axes }) =>
		sous_axes.flatMap(({ sous_axe, actions }) => actions.map((a) => ({ ...a, axe, sous_axe })))
	);
	const banner = TET.map((_, c) => BANNERS.find(([, from]) => from === c)?.[0] ?? null);
	banner[0] = `${plan.bandeau} - ${banner[0]}`;
	const rows = [banner, TET.map(([h]) => h), TET.map(([, , type]) => type)].concat(
		actions.map((a) => TET.map(([, of]) => cell(of(a))))
	);
	return writeXlsx({
		properties: properties(plan.bandeau),
		sheets: [
			{
				name: plan.feuille,
				rows,
				merges: BANNERS.map(([, startCol, endCol]) => ({ startRow: 0, endRow: 0, startCol, endCol })),
				columns: TET.map((_, c) => ({ width: c === 3 || c === 5 ? 48 : 20 })),
				freezePane: { rows: 2, columns: 4 },
				cells: styled(rows, [...TET.map((_, c) => [1, c, HEADER]), ...BANNERS.map(([, from]) => [0, from, BANNER])])
			},
			{
				name: 'Listes déroulantes',
				hidden: true,
				rows: [
					['Statut ', 'Niveau de priorité', 'Participation citoyenne'],
					['À venir', 'Élevé', 'Pas de participation citoyenne'],
					['À discuter', 'Moyen', 'Information'],
					['En cours', 'Bas', 'Consultation'],
					['Réalisé', null, 'Concertation'],
					['En retard', null, 'Co-construction'],
					['En pause', null, null],
					['Bloqué', null, null],
					['Abandonné', null, null]
				]
			}
		]
	});
}

/** A programme as people keep it: title block, merged axes, blank rows, a total. */
async function programme(name, write) {
	const plan = yaml(name);
	const width = plan.colonnes.length;
	const head = plan.titre.length;
	const pad = (cells) => [...cells, ...Array(width - cells.length).fill(null)];
	const money = plan.colonnes.map(([key]) => /_[so]$|^auto$/.test(key));
	const sum = (key) => plan.lignes.reduce((s, l) => s + (typeof l[key] === 'number' ? l[key] : 0), 0);
	const line = (l) => {
		if (l.ligne === 'vide') return pad([]);
		if (l.total) return plan.colonnes.map(([key], c) => (c === 0 ? l.ligne : money[c] ? sum(key) : null));
		if (l.ligne) return pad([l.ligne]);
		return plan.colonnes.map(([key]) => cell(l[key]));
	};
	const rows = [
		...plan.titre.map((t) => pad([t])),
		plan.colonnes.map(([, header]) => header),
		...plan.lignes.map(line)
	];
	const merges = plan.titre.map((_, r) => ({ startRow: r, endRow: r, startCol: 0, endCol: width - 1 }));
	plan.lignes.forEach((l, i) => {
		if (!l.axe) return;
		let last = i;
		while (plan.lignes[last + 1] && !plan.lignes[last + 1].axe && !plan.lignes[last + 1].ligne) last++;
		if (last > i) merges.push({ startRow: head + 1 + i, endRow: head + 1 + last, startCol: 0, endCol: 0 });
	});
	return write({
		properties: properties(plan.titre[0]),
		sheets: [
			{
				name: plan.feuille,
				rows,
				merges,
				columns: plan.colonnes.map(([key]) => ({ width: key === 'action' ? 52 : key === 'obs' ? 40 : 16 })),
				freezePane: { rows: head + 1 },
				cells: styled(rows, [
					...plan.titre.map((_, r) => [r, 0, BANNER]),
					...plan.colonnes.map((_, c) => [head, c, HEADER])
				])
			}
		]
	});
}

/** What an office exports as « CSV »: windows-1252, CRLF, no BOM. */
const legacyCsv = (name) => iconv.encode(source(name).trimEnd().replaceAll('\n', '\r\n') + '\r\n', 'windows-1252');
const utf8 = (text) => Buffer.from(text, 'utf8');

// One kilometre in degrees at 50° north, on a sphere: enough for an invented place.
const KM_NORTH = 1 / 111.195;
const KM_EAST = KM_NORTH / Math.cos((50 * Math.PI) / 180);

function perimeters() {
	const { epci, origine, communes, limites, contours, quartiers } = yaml('perimetres.yaml');
	const place = ([x, y]) => [x * KM_EAST + origine[0], y * KM_NORTH + origine[1]].map((d) => Number(d.toFixed(5)));
	const feature = (properties, coordinates) => ({
		type: 'Feature',
		properties,
		geometry: { type: 'MultiPolygon', coordinates: [[coordinates]] }
	});
	const collection = (name, features) =>
		utf8(
			`{"type":"FeatureCollection","name":"${name}","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features":[\n` +
				`${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`
		);
	const arcs = new Map(Object.entries(limites).map(([name, points]) => [name, wander(points, name)]));
	const ring = (names) =>
		close(join(names.map((n) => (n[0] === '-' ? [...arcs.get(n.slice(1))].reverse() : arcs.get(n)))));
	return {
		'perimetres-qpv-fictifs.geojson': collection(
			'perimetres_qpv_fictifs',
			quartiers.map((q, i) =>
				feature(
					{
						fid: i + 1,
						code_qp: q.code,
						lib_qp: q.nom,
						insee_reg: '00',
						lib_reg: 'Région fictive',
						insee_dep: 'ZZ',
						lib_dep: 'Département fictif',
						insee_com: q.communes.join(', '),
						lib_com: q.communes.map((c) => communes[c]).join(', '),
						siren_epci: epci.siren
					},
					close(q.sommets.map(([x, y]) => [q.centre[0] + x / 1000, q.centre[1] + y / 1000])).map(place)
				)
			)
		),
		'communes.geojson': collection(
			'communes_fictives',
			Object.entries(contours).map(([code, names]) =>
				feature({ code, nom: communes[code], siren_epci: epci.siren }, ring(names).map(place))
			)
		)
	};
}

const close = (points) => [...points, points[0]];

/** Lines put end to end, each turned round when that is how it meets the one before. */
function join(lines) {
	const [first, ...rest] = lines;
	const same = (a, b) => a[0] === b[0] && a[1] === b[1];
	let chain =
		rest.length && [rest[0][0], rest[0].at(-1)].some((p) => same(p, first[0])) ? [...first].reverse() : [...first];
	for (const line of rest) {
		const next = same(line[0], chain.at(-1)) ? line : [...line].reverse();
		if (!same(next[0], chain.at(-1))) throw new Error('limites qui ne se suivent pas');
		chain = chain.concat(next.slice(1));
	}
	return chain.slice(0, -1);
}

/** Bends a hand-drawn line a little, always the same way, so that a boundary does not look ruled. */
function wander(points, name) {
	let seed = [...name].reduce((s, c) => (s * 31 + c.charCodeAt(0)) % 2147483647, 7);
	const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
	let line = points;
	for (let pass = 0; pass < 3; pass++)
		line = line.flatMap((p, i) => {
			const next = line[i + 1];
			if (!next) return [p];
			const bend = 0.28 * random();
			const middle = [(p[0] + next[0]) / 2 - bend * (next[1] - p[1]), (p[1] + next[1]) / 2 + bend * (next[0] - p[0])];
			return [p, middle];
		});
	return line;
}

const files = {
	...perimeters(),
	'correspondance-2015.csv': utf8(source('correspondance-2015.csv')),
	'indicateurs-qpv.csv': utf8(source('indicateurs-qpv.csv')),
	'indicateurs-locaux.csv': utf8('\ufeff' + source('indicateurs-locaux.csv')),
	'Fonds_vert_Aubrelle_2024-2025.csv': utf8('\ufeff' + source('fonds-vert.csv')),
	'cours-ecole.csv': utf8('\ufeff' + source('cours-ecole.csv')),
	'PCAET_Aubrelle_2024-2030.xlsx': await pcaet(),
	'PLH_Aubrelle_2025-2030.csv': legacyCsv('plh.csv'),
	'Programmation_contrat_de_ville_2026.xlsx': await programme('programmation-2026.yaml', writeXlsx),
	'Contrat_de_ville_volet_investissement.ods': await programme('investissement.yaml', writeOds)
};

/** What a file says, whatever compressed it: two versions of Node do not deflate alike. */
async function content(name, bytes) {
	const read = name.endsWith('.xlsx') ? readXlsx : name.endsWith('.ods') ? readOds : null;
	if (!read) return Buffer.from(bytes).toString('base64');
	const { sheets } = await read(bytes);
	return JSON.stringify(sheets.map(({ name, rows, merges, hidden }) => ({ name, rows, merges, hidden })));
}

const check = process.argv.includes('--verifier');
const changed = [];
for (const [name, bytes] of Object.entries(files)) {
	const url = new URL(name, FOLDER);
	const same = existsSync(url) && (await content(name, readFileSync(url))) === (await content(name, bytes));
	if (!same) changed.push([name, bytes]);
}
if (!check) for (const [name, bytes] of changed) writeFileSync(new URL(name, FOLDER), bytes);
for (const [name] of changed) console.error(check ? `à refaire : ${name}` : `écrit : ${name}`);
process.exitCode = check && changed.length ? 1 : 0;
