import { isRefusal, type Refusal } from '../../src/lib/domain/issue';
import { addNote, linkActions } from '../../src/lib/server/actions/notes-links';
import { setAside } from '../../src/lib/server/actions/create-action';
import { decideSuggestions, readSuggestions } from '../../src/lib/server/confirm-suggestions';
import { open } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { putLine, versionOf } from '../../src/lib/server/funding/enter-funding';
import { setSchool } from '../../src/lib/server/local-facts';
import { mapPriority, readLocalValues } from '../../src/lib/server/map-priorities';
import { commitImport, stageImport } from '../../src/lib/server/plans/import-document';
import { answerPlaces, territoryQueue } from '../../src/lib/server/plans/answer-places';
import { undoImport } from '../../src/lib/server/plans/undo-import';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { saveView } from '../../src/lib/server/saved-views';
import { signCrossing } from '../../src/lib/server/sign-crossings';
import { tuneRule } from '../../src/lib/server/tune-rules';

/* `node lecture-base.js FICHIER` writes the demonstration with one of each gesture already taken, and one import that waits. */

const LE = '2026-11-22';
const DEMO = 'ZZ0000001';
const QUARTIER = 'QNZZZ01F';
const ACTION = 'A1-a4254bec7e3d3c09';
const signed = { territoire: DEMO, par: 'Camille Roy', le: LE, motif: 'Relu en réunion' };

function done<T>(outcome: T | Refusal | null): T {
	if (outcome === null || isRefusal(outcome)) throw new Error(`la base de lecture : ${JSON.stringify(outcome)}`);
	return outcome as T;
}

const db = await open(process.argv[2]!);
const ref = loadReferentiel();
await loadDemonstration(db, ref, LE);

const plan = (fichier: string, titre: string) => ({
	bytes: new TextEncoder().encode(
		`Numéro;Intitulé;Quartiers;Budget;Début;Axe\n1;${titre};Cité des Ormeaux;douze mille;2026;Se loger mieux\n2;;Les Tilleuls;5 000;2026;Se loger mieux\n`
	),
	fichier,
	territoire: DEMO,
	plan: 'plh' as const,
	par: signed.par,
	le: LE
});
const undone = done(await stageImport(db, ref, plan('PLH_annule.csv', 'Planter une haie')));
done(await commitImport(db, ref, undone.id, signed));
done(await undoImport(db, undone.id, signed));
const kept = done(await stageImport(db, ref, plan('PLH_axes.csv', 'Isoler la résidence des Ormeaux')));
done(await commitImport(db, ref, kept.id, signed));
done(await stageImport(db, ref, plan('PLH_a_enregistrer.csv', 'Isoler la résidence et son préau')));

done(await saveView(db, DEMO, { ...signed, nom: 'Pour les élus', requete: 'plan=pcaet' }));
const ids = (await db.selectFrom('action').select('id').orderBy('id').execute()).map(({ id }) => id);
const [autre, ecartee] = ids.filter((id) => id !== ACTION);
done(await addNote(db, ref, { ...signed, action: ACTION, texte: 'Voir avec le bailleur.' }));
done(await linkActions(db, ref, { ...signed, action: ACTION, autre: autre!, verdict: 'a-coordonner' }));
done(await setAside(db, { ...signed, actions: [ecartee!], ecartee: true }));
done(await signCrossing(db, ref, { ...signed, quartier: QUARTIER, croise: 'X01', role: 'ville' }, LE));
const { suggestions } = (await readSuggestions(db, ref, DEMO, LE))!;
const gestes = suggestions.slice(0, 2).map(({ id }) => ({ id, geste: 'confirmer' as const }));
done(await decideSuggestions(db, ref, { ...signed, gestes }, LE));
done(await tuneRule(db, ref, { ...signed, parametre: 'G07.horizon', valeur: '31/12/2029' }));
done(await setSchool(db, { ...signed, quartier: QUARTIER, nom: 'École des Pins', cour: 'projet', annee: '2027' }));
const values = (await readLocalValues(db, ref, DEMO))!;
done(await mapPriority(db, ref, { ...signed, cle: values[0]!.cle, enjeux: ['T01'] }));
const { questions } = (await territoryQueue(db, ref, DEMO, LE))!;
const [question] = questions;
done(await answerPlaces(db, signed, [{ texte: question!.texte, titre: question!.titre, reponse: 'territoire' }]));
const asked = { financeur: 'Région', dispositif: '', nature: 'sollicite', montant: '60 000', base: 'HT', date: '' };
const saisie = { ...asked, ligne: null, precise: '', source: 'courriel', publique: 'oui' };
done(await putLine(db, ref, { ...signed, action: ACTION, version: versionOf([]), saisie }));
await db.destroy();
