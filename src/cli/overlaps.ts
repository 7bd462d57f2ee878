import type { Refusal } from '../lib/domain/issue';
import { number } from '../lib/domain/french';
import { PAIR_WORDS } from '../lib/domain/pages/overlap-words';
import { VERDICT_WORDS } from '../lib/domain/rules/gap-predicates-pair';
import { readOverlaps } from '../lib/server/overlaps';
import { text, type Call } from './arguments';
import type { Answer, Context } from './context';
import { table } from './print';

/** Pairs of actions that meet, in the order of their page: those of two plans first. */
export async function recoupements({ options }: Call, { db, ref, asOf }: Context): Promise<Answer | Refusal> {
	const code = text(options, 'territoire')!;
	const pairs = await readOverlaps(db, ref, code, asOf);
	if (!pairs)
		return {
			refus: `Le territoire « ${code} » n’est pas dans cette base.`,
			conseil: 'Importez ses périmètres ou un plan.'
		};
	return {
		json: pairs.map(({ a, b, genre, score, raisons, quartiers, enjeux, decision }) => ({
			a,
			b,
			genre,
			score,
			raisons,
			quartiers,
			enjeux,
			decision: decision && {
				verdict: decision.verdict,
				par: decision.par,
				le: decision.le,
				motif: decision.motif,
				aRevoir: decision.aRevoir
			}
		})),
		lisible: table(
			['ce que c’est', 'points sur 100', 'action', 'et', 'décision'],
			pairs.map((p) => [
				PAIR_WORDS[p.genre],
				p.genre === 'tension' ? null : number(p.score * 100, 0),
				p.cotes[0].titre.join('').slice(0, 60),
				p.cotes[1].titre.join('').slice(0, 60),
				p.decision ? VERDICT_WORDS[p.decision.verdict] : 'à décider'
			])
		)
	};
}
