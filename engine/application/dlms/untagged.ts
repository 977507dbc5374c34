import { type Cursor, cursor, int, left, type Note, note, pass, peek, uint } from '../../bytes/cursor.ts'
import type { Budget } from '../../telegram/budget.ts'
import { codeAt } from '../../telegram/code.ts'
import type { Register } from '../../telegram/register.ts'
import type { Nodes } from '../nodes.ts'
import { axdr } from './axdr.ts'
import { type Body, register } from './body.ts'

// 02 02 | 16 cause | 01 n | n × ( 02 02 | class u16, logical name[6], attribute i8: without tags | value, tagged )
/**
 * Layout 9 (cz-sagemcom-xt211-untagged): attribute descriptors without type tags. Undefined when the bytes are not exactly that,
 * to the last one: A-XDR could read the beginning as something else.
 */
export function untagged(bytes: Uint8Array, at: number, budget: Budget, nodes: Nodes, noted?: Note[]): Body | undefined {
	const c = cursor(bytes)
	c.at = at
	if (noted) c.notes = []
	if (!expect(c, 0x02, 0x02, 0x16)) return undefined
	uint(c, 1)
	if (!expect(c, 0x01)) return undefined
	const count = uint(c, 1)
	if (c.notes) note(c, at, `list of ${count} values, their attributes without tags`)
	const registers: Register[] = []
	for (let i = 0; i < count; i++) {
		const from = c.at
		if (!expect(c, 0x02, 0x02)) return undefined
		const classId = uint(c, 2)
		const name = pass(c, 6)
		const attribute = int(c, 1)
		const descriptor = c.at
		nodes.clear(c.notes !== undefined)
		if (axdr(c, budget, nodes) || c.short || classId > 0xff) return undefined
		const code = codeAt(bytes, name)
		const made = register({ nodes, bytes }, 0, code, attribute, classId === 8)
		registers.push(made)
		c.notes?.push({ at: from, length: descriptor - from, text: `class ${classId}, OBIS ${code.text}, attribute ${attribute}`, of: [made] })
	}
	if (left(c) > 0 || registers.length === 0) return undefined
	noted?.push(...(c.notes ?? []))
	return { registers, sequence: [] }
}

function expect(c: Cursor, ...values: number[]): boolean {
	return values.every((value) => {
		const fits = peek(c) === value
		uint(c, 1)
		return fits
	})
}
