import type { Commune, Quartier } from '../territory';

/** A commune in force. */
export interface KnownCommune {
	readonly code: string;
	readonly nom: string;
	readonly epci: string | null;
	/** « 02 », « 59 », « 2A », « 974 » */
	readonly departement?: string;
	/** Names of the communes that joined it: « Lomme » is in Lille. */
	readonly anciens?: readonly string[];
}

/** What is known of the country, asked by the one who reads files. */
export interface LedgerGeography {
	/** Commune in force for a code, former codes included. */
	readonly commune: (code: string) => KnownCommune | null;
	/** Commune by name within a department, names of communes that joined another included; null when none or two bear it. */
	readonly communeNamed: (nom: string, departement: string) => string | null;
	/** The only commune of that name in the region of another; null when none or two bear it. */
	readonly communeNamedNear: (nom: string, commune: string) => string | null;
	/** Every name of a commune of a department, with the code in force. */
	readonly communesOfDepartment: (departement: string) => readonly Commune[];
	/** The commune that has this SIREN. */
	readonly communeOfSiren: (siren: string) => string | null;
	/** Communes of an EPCI, by SIREN; null when it is no EPCI. */
	readonly communesOfEpci: (siren: string) => readonly Commune[] | null;
	/** Name of an EPCI, by SIREN. */
	readonly nomEpci: (siren: string) => string | null;
	readonly quartiers: readonly Pick<Quartier, 'code' | 'nom' | 'communes' | 'alias'>[];
}
