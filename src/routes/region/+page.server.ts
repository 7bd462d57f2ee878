import { shareFigure } from '$lib/domain/pages/ledger-page';
import { regionPage } from '$lib/domain/pages/region-page';
import { readLedger } from '$lib/server/ledger/ledger-view';
import { readRegion } from '$lib/server/read-region';
import { loadReferentiel } from '$lib/server/referentiel';
import type { PageServerLoad } from './$types';

/** Every list of the first stream, as its page opens. */
const WHOLE = { dispositif: null, mesure: null, annee: null, territoire: null, part: null } as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	const ref = loadReferentiel();
	const view = await readRegion(locals.db, ref, url.searchParams.get('region'), locals.today);
	const argent = await readLedger(locals.db, ref, WHOLE);
	return { page: regionPage(view, ref), part: shareFigure(argent), papier: 'a3' };
};
