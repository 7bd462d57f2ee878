import type { Position } from '../territory';

/* Lambert-93 (EPSG:2154), the projection of French official files for the mainland; constants of the IGN. */

const N = 0.725607765053267;
const C = 11754255.426096;
const X0 = 700000;
const Y0 = 12655612.049876;
const E = 0.081819191042816;

/** True when a pair of metres can be a place of mainland France in Lambert-93. */
export const isLambert93 = ([x, y]: Position): boolean => x > 0 && x < 1_300_000 && y > 6_000_000 && y < 7_200_000;

/**
 * Metres of Lambert-93 to degrees [lon, lat] (RGF93, which WGS84 meets within a metre).
 * ref    IGN, NTG_71 « Projection cartographique conique conforme de Lambert », algorithms 2 and 4
 */
export function fromLambert93([x, y]: Position): Position {
	const radius = Math.hypot(x - X0, y - Y0);
	const lon = Math.atan((x - X0) / (Y0 - y)) / N;
	const isometric = -Math.log(radius / C) / N;
	let lat = 2 * Math.atan(Math.exp(isometric)) - Math.PI / 2;
	for (let turn = 0; turn < 8; turn++) {
		const es = E * Math.sin(lat);
		lat = 2 * Math.atan(((1 + es) / (1 - es)) ** (E / 2) * Math.exp(isometric)) - Math.PI / 2;
	}
	const degrees = (radians: number): number => Math.round(((radians * 180) / Math.PI) * 1e7) / 1e7;
	return [3 + degrees(lon), degrees(lat)];
}
