import { remember } from './remember';
import { plain } from './text';

/* The article of a body in a sentence: « à la Mission locale », « au CCAS »; never guessed for a name nobody knows. */

export interface Named {
	/** « à la Mission locale », « au CCAS », « à Mme Roy » */
	readonly a: string;
	/** « la Mission locale », « le CCAS », « Mme Roy » */
	readonly le: string;
}

type Article = 'le' | 'la' | 'l’' | 'les';

/** Head nouns of bodies and of those who work there, folded; a word that is also a brand is not among them. */
export const HEADS: Readonly<Record<Article, readonly string[]>> = {
	la: (
		'mission ville commune mairie region caisse caf cpam direction sous-direction regie maison metropole communaute ca cc cu ' +
		'collectivite chambre cci cma banque societe sem spl sa sas sarl scic scop cooperative fondation federation compagnie ' +
		'coordination cellule plateforme prefecture sous-prefecture ddt ddtm dreal draaf drac ddets dreets deleguee referente ' +
		'chargee cheffe directrice coordinatrice presidente conseillere copropriete ressourcerie recyclerie ferme ' +
		'croix-rouge mediatheque cite commission delegation voirie police'
	).split(' '),
	le: (
		'secours departement conseil service centre syndicat bailleur ccas cias pole comite collectif club groupe groupement ' +
		'laboratoire lycee college rectorat secretariat cabinet fonds reseau relais foyer parc plie cpie sivom sivu petr chu ' +
		'delegue referent charge chef directeur coordinateur president conseiller bureau guichet tribunal gip caue chantier'
	).split(' '),
	'l’': (
		'epci office oph association agence adil alec anru ademe anct anah ars etablissement epf epa etat union universite ' +
		'academie institut observatoire ecole equipe unite entreprise amenageur operateur espace atelier epicerie hopital ' +
		'animateur animatrice intercommunalite agglomeration adjoint adjointe elu elue architecte inspection ehpad esat urbanisme'
	).split(' '),
	les: 'services bailleurs villes communes associations directions entreprises collectivites ecoles habitants departements restos'.split(
		' '
	)
};

/** Followed by what they are of, or by nothing: « Ville de Lys », never « Ville Renouvelée ». */
const OF_SOMEWHERE = new Set(['ville', 'villes', 'commune', 'communes', 'mairie', 'cite', 'voirie', 'urbanisme']);
const OF = /^(?:de|du|des|éducative|d['’].+)$/i;

const ARTICLES = new Map<string, Article>(
	(Object.keys(HEADS) as Article[]).flatMap((article) => HEADS[article].map((word) => [plain(word), article] as const))
);

const PERSON = /^(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame)\s/;
/** Names that begin as a body does and take no article. */
const BARE = /^pole emploi\b/;
/** Two bodies in one cell: « CCI et CCNS », « Ville / CCAS »; « Direction Eau et Assainissement » is one. */
const SECOND = /[|/;+&]|\s(?:et|ou)\s+(?:(?:le|la|les)\s+|l['’])?([\p{L}-]+)/u;
const ARTICLE_FIRST = /^(?:la|le|les)\s+(?=\S)|^l['’]\s*(?=\S)/i;

/**
 * A body with its article.
 * out    « Roue libre (association) » → « à l’association Roue libre »; null when its head noun is not known
 */
export const bodyOf: (name: string) => Named | null = remember(readBody, { texts: 2_000, characters: 200 });

function readBody(name: string): Named | null {
	if (PERSON.test(name)) return { a: `à ${name}`, le: name };
	const [, own, kind] = /^(.*\S)\s*\(([^()]+)\)$/.exec(name) ?? [];
	if (kind !== undefined && headOf(own!) === null && headOf(kind) !== null && !isTwo(name))
		return withArticle(`${kind} ${own}`, headOf(kind)!);
	const bare = name.replace(ARTICLE_FIRST, '');
	const article = isTwo(name) ? null : headOf(bare);
	return article && withArticle(bare, article);
}

/** The article of the first word of a name, when that word is one we know. */
function headOf(name: string): Article | null {
	if (BARE.test(plain(name))) return null;
	const [head = '', next] = name.split(/\s+/);
	const word = plain(head);
	if (OF_SOMEWHERE.has(word) && next !== undefined && !OF.test(next)) return null;
	return ARTICLES.get(word) ?? null;
}

function isTwo(name: string): boolean {
	const [found, word] = SECOND.exec(name) ?? [];
	return found !== undefined && (word === undefined || /^\p{Lu}{2,}$/u.test(word) || ARTICLES.has(plain(word)));
}

const withArticle = (name: string, article: Article): Named => {
	if (article === 'l’') return { a: `à l’${name}`, le: `l’${name}` };
	const to = { le: 'au', la: 'à la', les: 'aux' }[article];
	return { a: `${to} ${name}`, le: `${article} ${name}` };
};
