import { type Cursor, take } from '../../bytes/cursor.ts'

/** The order of the bytes of a value: mode 1 sends the lowest first, mode 2 (bit 2 of the CI field set) the highest (EN 1434-3:1997, 6.1). */
export type Order = 'lowest first' | 'highest first'

/** Takes the bytes of one value, and gives them lowest first. */
export function taken(c: Cursor, size: number, order: Order): Uint8Array {
	const bytes = take(c, size)
	return order === 'lowest first' ? bytes : Uint8Array.from(bytes).reverse()
}
