import { z } from 'zod';
import { IsoDate } from './source';

/* What is declared of accessibility, theme by theme of the RGAA: what is checked, how, and what is not. */

const Criterion = z.string().regex(/^\d{1,2}\.\d{1,2}$/);

const Theme = z.strictObject({
	numero: z.number().int(),
	nom: z.string().min(1),
	/** How many criteria it has. */
	criteres: z.number().int(),
	/** Those the rules of axe look at, at least in part. */
	automatique: z.array(Criterion).default([]),
	/** Those about what no page has, and why. */
	sans_objet: z.array(Criterion).default([]),
	motif: z.string().nullable().default(null)
});

export const AccessibilityFile = z.strictObject({
	etablie_le: IsoDate,
	referentiel: z.string(),
	etat: z.enum(['non-conforme', 'partiellement-conforme', 'totalement-conforme']),
	pourquoi: z.string().min(1),
	themes: z.array(Theme).length(13),
	essais: z.array(
		z.strictObject({
			dit: z.string().min(1),
			criteres: z.array(Criterion),
			/** Where it is written, and the first words of its title. */
			fichier: z.string(),
			titre: z.string().min(1)
		})
	),
	non_conformites: z.array(z.strictObject({ dit: z.string().min(1), criteres: z.array(Criterion) })),
	limites: z.array(z.string().min(1)),
	derogations: z.array(z.string().min(1)),
	technologies: z.array(z.string().min(1)),
	environnements: z.array(z.string().min(1)),
	outils: z.array(z.string().min(1))
});
export type AccessibilityFile = z.infer<typeof AccessibilityFile>;

/** Who opens the service, and how to reach them; null where nobody said it. */
export interface Service {
	readonly nom: string | null;
	readonly contact: string | null;
}

export type AccessibilityPage = ReturnType<typeof accessibilityPage>;

/** out    each theme with its criteria in four parts that share none: seen by axe, tried, about nothing here, not checked */
export function accessibilityPage(file: AccessibilityFile, service: Service) {
	const tried = new Set(file.essais.flatMap((e) => e.criteres));
	const themes = file.themes.map(({ numero, nom, criteres, automatique, sans_objet, motif }) => {
		const all = Array.from({ length: criteres }, (_, i) => `${numero}.${i + 1}`);
		const essaye = all.filter((c) => tried.has(c));
		return {
			...{ numero, nom, motif, automatique, essaye, sansObjet: sans_objet },
			reste: all.filter((c) => ![...automatique, ...essaye, ...sans_objet].includes(c)),
			total: criteres
		};
	});
	const sum = (count: (theme: (typeof themes)[number]) => number): number => themes.reduce((n, t) => n + count(t), 0);
	return {
		...file,
		themes,
		total: sum((t) => t.total),
		touches: sum((t) => new Set([...t.automatique, ...t.essaye]).size),
		sansObjet: sum((t) => t.sansObjet.length),
		reste: sum((t) => t.reste.length),
		service: { ...service, lien: contactLink(service.contact) }
	};
}

/** « mailto: » before an e-mail address, a web address as it is, nothing before a telephone number or a sentence. */
function contactLink(contact: string | null): string | null {
	if (!contact) return null;
	if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact)) return `mailto:${contact}`;
	return /^https?:\/\/\S+$/.test(contact) ? contact : null;
}
