/* Names, in French, of the cases that `data/lacunes.yaml` writes as codes. */

const CASES: Readonly<Record<string, string>> = {
	'aide-sans-urgence': 'l’aide n’est pas dite d’urgence',
	'atteinte-probable': 'l’atteinte est probable',
	'reponse-d-un-autre-plan': 'un autre plan y répond',
	'probable-et-reponse-d-un-autre-plan': 'un autre plan y répond, et l’atteinte est probable',
	'colonne-absente': 'le document n’a pas la colonne',
	'demarre-bientot': 'l’action démarre bientôt',
	'document-ancien': 'le document n’a pas été relu depuis longtemps',
	'doublon-probable': 'le doublon est probable',
	'enjeu-non-prioritaire': 'le contrat de ville ne retient pas l’enjeu comme prioritaire',
	'financements-non-renseignes': 'les financements ne sont pas renseignés',
	'fond-epci': 'l’action de fond n’existe qu’à l’échelle de l’intercommunalité',
	'fonctionnement-absent': 'le coût de fonctionnement manque',
	investissement: 'l’action est un investissement',
	'investissement-epci-proche': 'un investissement existe à l’échelle de l’intercommunalité',
	'liste-de-subventions': 'le document est une liste de subventions',
	'meme-public': 'les deux actions visent le même public',
	'moins-de-douze-mois': 'l’échéance est à moins de douze mois',
	'part-nulle': 'la part est nulle',
	'peu-operations': 'il y a peu d’opérations',
	'periode-echue': 'la période du document est achevée',
	'priorite-elevee': 'l’action est de priorité élevée',
	'prochain-jalon-lointain': 'le prochain jalon est lointain',
	'revient-chaque-annee': 'l’action revient chaque année',
	'reste-important': 'le reste à financer est important',
	'a-confirmer': 'aucune action n’est sûre de porter l’enjeu',
	'sans-cout': 'le coût manque',
	'bases-melangees': 'des montants sont en HT, d’autres en TTC',
	'sans-instance': 'aucune instance n’est nommée',
	'sans-pilote': 'aucun pilote n’est nommé',
	'service-present': 'un service est présent',
	'seule-action': 'c’est la seule action sur l’enjeu',
	'source-ancienne': 'la source est ancienne',
	'vulnerabilite-forte': 'la vulnérabilité du quartier est forte'
};

export const caseName = (code: string): string => CASES[code] ?? code.replaceAll('-', ' ');
