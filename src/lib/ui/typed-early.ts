/*
 * On a slow machine people type before the page is alive, and bringing it to life would put the first values back. What was
 * typed is noted until then, and given back just after.
 */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

let typed: readonly { readonly field: Field; readonly value: string; readonly checked: boolean }[] = [];
/** What people have unfolded: the fields in it are being filled. */
let unfolded: readonly HTMLDetailsElement[] = [];

const isBox = (field: Field): field is HTMLInputElement =>
	field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');

function isTouched(field: Field): boolean {
	if (field instanceof HTMLSelectElement) {
		const options = [...field.options];
		const first = options.find((option) => option.defaultSelected) ?? options[0];
		return first !== undefined && field.value !== first.value;
	}
	return isBox(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

const TYPING = ['input', 'change'] as const;
const NOTED = [...TYPING, 'toggle'] as const;

/** Notes what people have typed and unfolded so far, and go on to. Files and hidden fields keep theirs by themselves. */
export function noteTyped(): void {
	note();
	for (const event of NOTED) document.addEventListener(event, note, true);
}

function put({ field, value, checked }: (typeof typed)[number]): void {
	if (isBox(field)) field.checked = checked;
	else field.value = value;
}

function note(): void {
	unfolded = [...document.querySelectorAll<HTMLDetailsElement>('details[open]')];
	const fields = document.querySelectorAll<Field>('input:not([type=file], [type=hidden]), textarea, select');
	typed = [...fields].filter(isTouched).map((field) => ({
		field,
		value: field.value,
		checked: isBox(field) && field.checked
	}));
}

/**
 * Gives it back, and tells the page as if it had just been typed: one that kept the value has not heard of it. The page is
 * alive then, and says so (`data-vive`) to hands that go faster than people's.
 */
export function giveBackTyped(): void {
	for (const event of NOTED) document.removeEventListener(event, note, true);
	for (const details of unfolded) details.open = true;
	const given = typed.filter(({ field }) => field.isConnected);
	given.forEach(put);
	// A filter sends its form: before links and forms are followed, the page would be loaded anew, and the others emptied.
	setTimeout(() => {
		for (const { field } of given) for (const event of TYPING) field.dispatchEvent(new Event(event, { bubbles: true }));
		// A page that draws itself again upon hearing of it puts its first values back once more.
		setTimeout(() => {
			given.filter(({ field }) => field.isConnected && !isTouched(field)).forEach(put);
			document.documentElement.dataset.vive = '';
		});
	});
	typed = [];
	unfolded = [];
}
