import { type Cursor, note } from '../../bytes/cursor.ts'
import { hexBackwards } from '../../bytes/hex.ts'
import { type Order, taken } from './order.ts'

/** Takes an M-Bus identification number: eight digits, as on the meter's face; makers use A to F, too (mbus-electricity-meter-1). */
export function identification(c: Cursor, order: Order): string {
	const id = hexBackwards(taken(c, 4, order))
	if (c.notes) note(c, c.at - 4, `identification number ${id}`)
	return id
}
