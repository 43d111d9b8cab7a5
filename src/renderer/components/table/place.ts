/** Where the officer was in a table: the focused row, and pixels scrolled. */
export interface Place {
  row: number;
  top: number;
}

/** More listings than anybody goes back through; the oldest goes. */
const KEPT = 60;

const places = new Map<string, Place>();

/** The place a table of this listing was left at, while the window is open; its start if never seen. */
export function placeOf(key: string): Place {
  return places.get(key) ?? { row: 0, top: 0 };
}

export function keepPlace(key: string, place: Place): void {
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > KEPT && oldest !== undefined) places.delete(oldest);
}
