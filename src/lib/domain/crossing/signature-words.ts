import { count, FINE, list, number } from '../french';
import { plain } from '../text';

/* Signatures as they are said and counted. What they are checked against is in « signatures »: browsers need only the words. */

export const ROLES = ['transition', 'ville'] as const;
export type Role = (typeof ROLES)[number];
export const ROLE_LABEL: Readonly<Record<Role, string>> = {
	transition: 'référent transition',
	ville: 'référent politique de la ville'
};

export const SIGNATURE_STATES = ['non-signee', 'a-moitie', 'signee', 'a-revoir'] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];
export const SIGNATURE_LABEL: Readonly<Record<SignatureState, string>> = {
	'non-signee': 'non signée',
	'a-moitie': 'signée à moitié',
	signee: 'signée',
	'a-revoir': 'à revoir'
};

/** One référent's word, and what changed under it since. */
export interface Signature {
	readonly par: string;
	readonly le: string;
	readonly motif: string | null;
	/** French phrases; [] when the facts are those that were signed. */
	readonly changements: readonly string[];
}

export interface CrossingSignature {
	readonly quartier: string;
	readonly croise: string;
	readonly etat: SignatureState;
	readonly transition: Signature | null;
	readonly ville: Signature | null;
}

export interface SignatureCounts {
	readonly signees: number;
	readonly aMoitie: number;
	readonly aRevoir: number;
	readonly total: number;
}

export function countSignatures(signatures: readonly CrossingSignature[], total: number): SignatureCounts {
	const of = (etat: SignatureState) => signatures.filter((s) => s.etat === etat).length;
	return { signees: of('signee'), aMoitie: of('a-moitie'), aRevoir: of('a-revoir'), total };
}

/** « 12 croisements signés sur 40, 2 à moitié, 3 à revoir », « Aucun croisement signé » */
export function signatureSummary({ signees, aMoitie, aRevoir, total }: SignatureCounts): string {
	return [
		signees
			? `${count(signees, 'croisement signé', 'croisements signés')} sur ${number(total)}`
			: 'Aucun croisement signé',
		...(aMoitie ? [`${number(aMoitie)} à moitié`] : []),
		...(aRevoir ? [`${number(aRevoir)} à revoir`] : [])
	].join(', ');
}

/** « signée par A. Diallo (référent transition) et B. Petit (référent politique de la ville) » */
export function signatureWords(signature: CrossingSignature | undefined): string {
	if (!signature) return SIGNATURE_LABEL['non-signee'];
	const people = ROLES.flatMap((role) => {
		const by = signature[role];
		return by ? [`${by.par} (${ROLE_LABEL[role]})`] : [];
	});
	const since = [...new Set(ROLES.flatMap((role) => signature[role]?.changements ?? []))];
	const said =
		signature.etat === 'a-revoir' ? `à revoir, ${list(since)}${FINE}; signée` : SIGNATURE_LABEL[signature.etat];
	if (isSamePerson(signature))
		return `${said} deux fois par la même personne, ${signature.ville!.par} (${ROLE_LABEL.transition} et ${ROLE_LABEL.ville})`;
	return people.length ? `${said} par ${list(people)}` : said;
}

/**
 * The name a form to sign starts with: the last one that signed for that role, so that a second look is not signed by the first.
 * in     `signatures`: of the quartier; `nom`: whoever signs from this browser
 * out    '' when the other role was signed and this one never was: its référent writes their own
 */
export function nameFor(
	role: Role,
	signatures: readonly (Pick<CrossingSignature, Role> | null)[],
	nom: string
): string {
	const lastOf = (one: Role): string | null =>
		signatures
			.flatMap((s) => s?.[one] ?? [])
			.sort((a, b) => (a.le < b.le ? -1 : 1))
			.at(-1)?.par ?? null;
	return lastOf(role) ?? (ROLES.some((other) => other !== role && lastOf(other) !== null) ? '' : nom);
}

/**
 * The names a list of crossings to sign starts with, one per role: nobody signs for both without writing it.
 * in     `gardes`: what the browser kept for each role; `role`: the only one the list is read in; `nom`: whoever signs from this browser
 * out    '' for the role whose référent nothing names; the name of the browser is taken only in the role one reads the list in
 */
export function namesToSign(
	gardes: Readonly<Record<Role, string>>,
	signatures: readonly Pick<CrossingSignature, Role>[],
	role: Role | null,
	nom: string
): Record<Role, string> {
	const named = (one: Role): string => gardes[one] || nameFor(one, signatures, '');
	const of = (one: Role, other: Role): string =>
		named(one) || (role === one && plain(named(other)) !== plain(nom) ? nom : '');
	return { transition: of('transition', 'ville'), ville: of('ville', 'transition') };
}

/** Two roles, one name: allowed, since the same person may hold both, but said wherever the signature is. */
export const isSamePerson = ({ transition, ville }: Pick<CrossingSignature, Role>): boolean =>
	transition !== null && ville !== null && plain(transition.par) === plain(ville.par);
