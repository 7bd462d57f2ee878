import type { Refusal } from '../lib/domain/issue';
import { classify } from '../lib/domain/crossing/classify';
import type { Coverage } from '../lib/domain/crossing/coverage';
import { actionJson, gapJson, matrixJson, regionJson, signatureJson } from '../lib/domain/contract';
import { buildFeuilleDeRoute } from '../lib/domain/roadmap/feuille-de-route';
import * as fr from '../lib/domain/french';
import { DIMENSIONS, type DimensionId } from '../lib/domain/crossing/matrix';
import { gapsOfQuartier } from '../lib/domain/rules/gaps-by-quartier';
import { outsideWords } from '../lib/domain/crossing/outside-grid';
import { outsideMatrix, viewMatrix } from '../lib/domain/crossing/view-matrix';
import { regionName } from '../lib/server/cog';
import { exportFeuilleDeRoute, FORMATS, matrixCsv, type Format } from '../lib/server/exports/exports';
import { readQuartier } from '../lib/server/read-quartier';
import { cubeCsv } from '../lib/server/exports/cube-csv';
import { readGranted } from '../lib/server/ledger/ledger-view';
import { readRegion } from '../lib/server/read-region';
import { lexiconOf } from '../lib/server/read-territory';
import { listTerritories } from '../lib/server/territories';
import { dispositifs } from './measures';
import { recoupements } from './overlaps';
import { placeOf, territoryOf, under } from './territory';
import { text, WrongUse, type Call } from './arguments';
import type { Answer, Context } from './context';
import { gapsSaid } from './gaps';
import { table } from './print';

/** The commands that only read. Null when the command is not one of them. */
export async function runRead(call: Call, context: Context): Promise<Answer | Refusal | null> {
	switch (call.command) {
		case 'territoires':
			return territoires(context);
		case 'classer':
			return classer(context);
		case 'actions':
			return actions(call, context);
		case 'matrice':
			return matrice(call, context);
		case 'lacunes':
			return lacunes(call, context);
		case 'dispositifs':
			return dispositifs(call, context);
		case 'recoupements':
			return recoupements(call, context);
		case 'feuille-de-route':
			return feuilleDeRoute(call, context);
		case 'region':
			return region(call, context);
		default:
			return null;
	}
}

async function territoires({ db }: Context): Promise<Answer> {
	const rows = await listTerritories(db);
	return {
		json: rows,
		lisible: table(
			['code', 'nom', 'quartiers', 'plans', 'actions'],
			rows.map((t) => [t.code, t.nom, t.quartiers, t.plans, t.actions])
		)
	};
}

async function classer({ ref, stdin }: Context): Promise<Answer> {
	const lexicon = lexiconOf(ref);
	const rows = (await stdin())
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '')
		.map((titre) => {
			const { transition, ville, nature } = classify({ titre }, lexicon);
			const tag = ({ code, score, mots }: (typeof transition)[number]) => ({ code, score, mots });
			return {
				titre,
				transition: transition.map(tag),
				ville: ville.map(tag),
				nature: nature ? { code: nature.code, mots: nature.mots } : null
			};
		});
	return {
		json: rows,
		lisible: table(
			['intitulé', 'transition', 'ville', 'nature'],
			rows.map((r) => [
				r.titre,
				r.transition.map((t) => t.code).join(' ') || '—',
				r.ville.map((t) => t.code).join(' ') || '—',
				r.nature?.code ?? '—'
			])
		)
	};
}

async function actions(call: Call, context: Context): Promise<Answer> {
	const { view } = await territoryOf(call, context);
	return {
		json: view.actions.map(actionJson),
		lisible: table(
			['plan', 'réf.', 'titre', 'transition', 'ville', 'nature', 'ligne'],
			view.actions.map((a) => [
				a.action.plan,
				a.action.reference,
				a.action.titre,
				a.transition.map((t) => t.code).join(' '),
				a.ville.map((t) => t.code).join(' '),
				a.nature?.code ?? null,
				a.action.origine.ligne
			])
		)
	};
}

function dimensionOption(call: Call, name: string, fallback: DimensionId): DimensionId {
	const wanted = text(call.options, name) ?? fallback;
	if (!(DIMENSIONS as readonly string[]).includes(wanted))
		throw new WrongUse(`--${name} attend : ${DIMENSIONS.join(', ')}.`);
	return wanted as DimensionId;
}

async function matrice(call: Call, context: Context): Promise<Answer> {
	const { view, quartier, dit } = await territoryOf(call, context);
	const choice = {
		lignes: dimensionOption(call, 'lignes', 'transition'),
		colonnes: dimensionOption(call, 'colonnes', 'ville'),
		quartier
	};
	const matrix = viewMatrix(view, context.ref, choice);
	const outside = outsideMatrix(view, context.ref, choice);
	const json = {
		territoire: view.territory.code,
		...matrixJson(matrix, { referentiel: context.ref.hash, asOf: context.asOf }, outside),
		signatures: view.signatures.filter((s) => quartier === null || s.quartier === quartier).map(signatureJson)
	};
	if (call.options.csv) return { json, lisible: matrixCsv(matrix) };
	return {
		json,
		lisible: under(
			dit,
			table(
				['', ...matrix.columns.keys.map((k) => k.code), 'actions'],
				matrix.rows.keys.map((key, r) => [
					`${key.code} ${key.libelle}`,
					...matrix.cells[r]!.map((c) =>
						c.coverage === 'saisie-incomplete' && !c.actions.length ? 'n. é.' : String(c.actions.length)
					),
					matrix.totals.rows[r]!.actions.length
				])
			) + (outsideWords(outside) ? `\n${outsideWords(outside)}` : '')
		)
	};
}

async function lacunes(call: Call, context: Context): Promise<Answer> {
	const { view, quartier, dit } = await territoryOf(call, context);
	const gaps = quartier ? gapsOfQuartier(view.gaps, quartier, view.actions) : view.gaps;
	return {
		// Without `--territoire` one was chosen: each line says which.
		json: gaps.map((gap) => ({ territoire: view.territory.code, ...gapJson(gap) })),
		lisible: under(dit, gapsSaid(gaps, context.ref))
	};
}

async function feuilleDeRoute(call: Call, context: Context): Promise<Answer> {
	const format = text(call.options, 'format')!;
	if (!(FORMATS as readonly string[]).includes(format)) throw new WrongUse(`--format attend : ${FORMATS.join(', ')}.`);
	const code = text(call.options, 'quartier')!;
	const said = text(call.options, 'territoire');
	const { territoire, dit } = said ? { territoire: said, dit: null } : await placeOf(code, context.db);
	const view = await readQuartier(context.db, context.ref, code, context.asOf, territoire);
	if (!view)
		throw new WrongUse(
			`Le quartier « ${code} » n’est pas dans cette base, ou pas de ce territoire. Importez d’abord les périmètres.`
		);
	const file = await exportFeuilleDeRoute(buildFeuilleDeRoute(view, context.ref), format as Format);
	const sortie = text(call.options, 'sortie')!;
	context.writeFile(sortie, file.octets);
	return {
		json: {
			schema: 'croisee/feuille-de-route-ecrite/1',
			fichier: sortie,
			octets: file.octets.byteLength,
			...(dit && { territoire, dit })
		},
		lisible: under(dit, `Feuille de route écrite : ${sortie} (${fr.number(file.octets.byteLength / 1024, 0)} Kio).`)
	};
}

async function region(call: Call, { db, ref, asOf }: Context): Promise<Answer> {
	const code = text(call.options, 'region') ?? null;
	const nom = code === null ? null : regionName(code);
	if (code !== null && nom === null)
		throw new WrongUse(`« ${code} » n’est pas un code de région : 32 pour les Hauts-de-France.`);
	const view = await readRegion(db, ref, code, asOf);
	const json = { ...regionJson(view, nom), argentObtenu: await readGranted(db, ref, code) };
	if (call.options.csv) return { json, lisible: await cubeCsv(db, ref, code, asOf) };
	return {
		json,
		lisible: [
			`${nom ?? 'Toutes les régions'}\u00a0: ${view.titre}. ${view.chapo}`,
			table(
				['territoire', 'quartiers', 'plans', 'actions', ...(view.territoires[0]?.croises ?? []).map((c) => c.code)],
				view.territoires.map((t) => [
					t.nom,
					t.quartiers,
					t.plans.length,
					t.plans.length ? t.actions : null,
					...t.croises.map((c) => `${SHORT[c.coverage]}${c.reserve === null ? '' : ' à conf.'}`)
				])
			)
		].join('\n')
	};
}

/** Coverage in one word, for a column of a terminal. */
const SHORT: Record<Coverage, string> = {
	structurante: 'struct.',
	'de-service': 'service',
	'sensibilisation-seule': 'sensib.',
	diffuse: 'diffuse',
	aucune: 'aucune',
	'saisie-incomplete': 'n. é.'
};
