import { type Cursor, cursor, int, left, peek, take, uint } from '../../bytes/cursor.ts'
import type { Budget } from '../../telegram/budget.ts'
import { obisText } from '../../telegram/obis.ts'
import type { Register } from '../../telegram/telegram.ts'
import { axdr, isRejected } from './axdr.ts'
import { type Body, dataValue } from './body.ts'

// 02 02 | 16 cause | 01 n | n × ( 02 02 | class u16, logical name[6], attribute i8: without tags | value, tagged )
/**
 * Layout 9 (cz-sagemcom-xt211-untagged): attribute descriptors without type tags. Undefined when the bytes are not exactly that,
 * to the last one: A-XDR could read the beginning as something else.
 */
export function untagged(bytes: Uint8Array, budget: Budget): Body | undefined {
	const c = cursor(bytes)
	if (!expect(c, 0x02, 0x02, 0x16)) return undefined
	uint(c, 1)
	if (!expect(c, 0x01)) return undefined
	const count = uint(c, 1)
	const registers: Register[] = []
	for (let i = 0; i < count; i++) {
		if (!expect(c, 0x02, 0x02)) return undefined
		const classId = uint(c, 2)
		const obis = obisText(take(c, 6))
		const attribute = int(c, 1)
		const data = axdr(c, budget)
		if (c.short || isRejected(data) || classId > 0xff) return undefined
		registers.push({ obis, attribute, value: dataValue(data, obis, classId) })
	}
	return left(c) === 0 && registers.length > 0 ? { registers, sequence: [] } : undefined
}

function expect(c: Cursor, ...values: number[]): boolean {
	return values.every((value) => {
		const fits = peek(c) === value
		uint(c, 1)
		return fits
	})
}
