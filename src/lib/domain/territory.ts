import { z } from 'zod';

export const InseeCode = z
	.string()
	.regex(/^(\d{5}|2[AB]\d{3}|ZZ\d{3})$/, 'code INSEE de commune attendu (5 caractères)')
	.brand('InseeCode');
export type InseeCode = z.infer<typeof InseeCode>;

/** SIREN of an EPCI, or `ZZ…` for the fictional territory, or `G-…` for a group of communes. */
export const TerritoryCode = z
	.string()
	.regex(/^(\d{9}|ZZ\d{7}|G-[a-z0-9-]+)$/, 'SIREN attendu (9 chiffres)')
	.brand('TerritoryCode');
export type TerritoryCode = z.infer<typeof TerritoryCode>;

/** 2024 generation: `QN` + department (3) + order (2) + letter; fictional ones start with `QNZZZ`. */
export const QpvCode = z
	.string()
	.regex(/^QN[0-9A-Z]{3}\d{2}[A-Z]$/, 'code de quartier 2024 attendu (QN05962M, par exemple)')
	.brand('QpvCode');
export type QpvCode = z.infer<typeof QpvCode>;

/** 2015 generation: `QP` + 6 characters. Found in older plans, resolved through the ANCT table. */
export const OldQpvCode = z
	.string()
	.regex(/^QP[0-9A-Z]{3}\d{3}$/)
	.brand('OldQpvCode');
export type OldQpvCode = z.infer<typeof OldQpvCode>;

export interface Commune {
	readonly code: InseeCode;
	readonly nom: string;
}

export interface Territory {
	readonly code: TerritoryCode;
	readonly nom: string;
	readonly genre: 'epci' | 'groupe';
	readonly region: string | null;
	/** Kind of EPCI in the official geographic code: « CC », « CA », « CU », « METRO »; not known of a group or a fictional one. */
	readonly nature?: string | null;
	readonly communes: readonly Commune[];
	/** True for the demonstration territory: said on every page and export. */
	readonly fictif: boolean;
}

/** Whether its communes are all known: an EPCI that no official list knows has those of its quartiers, and perhaps others. */
export const knowsAllCommunes = ({ genre, nature, fictif }: Partial<Territory>): boolean =>
	genre !== 'epci' || fictif !== false || (nature ?? null) !== null;

/** The territory of the demonstration, by its code: nothing in it is anyone’s. */
export const isMadeUp = (code: string): boolean => code.startsWith('ZZ');

/** What an EPCI is called until a file says its name. */
export const unnamedEpci = (code: string): string => `EPCI ${code}`;

/** [lon, lat], WGS84. */
export type Position = readonly [number, number];
export interface MultiPolygon {
	readonly type: 'MultiPolygon';
	readonly coordinates: readonly (readonly (readonly Position[])[])[];
}

export interface Quartier {
	readonly code: QpvCode;
	readonly nom: string;
	readonly communes: readonly Commune[];
	readonly epci: readonly TerritoryCode[];
	/** Other names people use, learnt from answers; never across communes. */
	readonly alias: readonly string[];
	readonly predecesseurs: readonly OldQpvCode[];
	readonly geometrie: MultiPolygon | null;
	/** m² */
	readonly surface: number | null;
	readonly fictif: boolean;
}
