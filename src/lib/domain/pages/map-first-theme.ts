import type { Crossed } from '../crossing/territory-view';
import { FINE, INSECABLE } from '../french';
import { mapTheme, NOT_KNOWN, themeChoices, type MapTheme } from './map-themes';

/**
 * What a map is coloured by when nobody said: the severity of gaps, unless colour and number are the same everywhere and say nothing.
 * out    then the answer to a crossing, else an indicator, else money: the one whose classes share the quartiers most evenly
 */
export function firstTheme(crossed: Crossed): MapTheme {
	const severity = mapTheme(crossed, 'gravite');
	const shown = sizes(severity);
	const written = new Set([...severity.parQuartier.values()].map((v) => v.ecrit));
	if (shown.length !== 1 || written.size > 1 || severity.parQuartier.size < 2) return severity;
	const ids = themeChoices(crossed).map((c) => c.id);
	for (const kind of ['reponse.X', 'indicateur.', 'argent']) {
		const themes = ids.filter((id) => id.startsWith(kind)).map((id) => mapTheme(crossed, id));
		const [best] = themes.filter((t) => sizes(t).length > 1).sort((a, b) => largest(a) - largest(b));
		if (best) return { ...best, explication: `${whyNot(severity)} ${best.explication}` };
	}
	return severity;
}

/** Quartiers in each class that is known. */
function sizes({ parQuartier }: MapTheme): number[] {
	const by = new Map<string, number>();
	for (const { classe } of parQuartier.values()) if (classe !== NOT_KNOWN) by.set(classe, (by.get(classe) ?? 0) + 1);
	return [...by.values()];
}

const largest = (theme: MapTheme): number => Math.max(...sizes(theme));

function whyNot({ classes, parQuartier }: MapTheme): string {
	const [only] = parQuartier.values();
	const name = classes.find((c) => c.code === only?.classe)?.libelle.toLocaleLowerCase('fr') ?? '';
	return `Gravité et nombre de lacunes sont les mêmes partout («${INSECABLE}${name}${INSECABLE}», ${only?.ecrit ?? ''})${FINE}; la carte montre donc ce qui distingue le plus les ${parQuartier.size} quartiers.`;
}
