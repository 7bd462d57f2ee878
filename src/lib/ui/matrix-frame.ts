/** Classes of the frame of a matrix with so many quartiers: how tight, and from which screen on they all hold in its width. */
export const frameClasses = (quartiers: number): Readonly<Record<string, boolean>> => ({
	wide: quartiers > 8,
	// So many that their names lean, for all to be seen at once on a laptop.
	dense: quartiers > 11,
	serre: quartiers > 18,
	seul: quartiers === 1,
	'tient-1280': quartiers > 8 && quartiers <= 15,
	'tient-1440': quartiers > 15 && quartiers <= 22,
	'tient-1600': quartiers > 22 && quartiers <= 26
});
