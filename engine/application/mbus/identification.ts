import { type Cursor, note, take } from '../../bytes/cursor.ts'
import { hexBackwards } from '../../bytes/hex.ts'

/** Takes an M-Bus identification number: eight digits, lowest byte first, without leading zeros; makers use A to F, too (mbus-electricity-meter-1). */
export function identification(c: Cursor): string {
	const id = hexBackwards(take(c, 4)).replace(/^0+(?=.)/, '')
	if (c.notes) note(c, c.at - 4, `identification number ${id}`)
	return id
}
