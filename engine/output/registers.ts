import type { Register } from '../../schema/types/output.ts'
import type { Evaluated, Expression } from '../jsonata/expression.ts'
import { after } from '../pipeline/in-order.ts'
import type { Soon } from '../pipeline/pipeline.ts'
import { plainOf } from './reply.ts'

/** The registers of an output, with their expressions compiled. */
export type CompiledRegisters = {
	port: number
	unit: number
	functions: readonly number[]
	available: Expression
	registers: readonly (Pick<Register, 'at' | 'type'> & { words: number; value: Expression })[]
}

/** The words of all registers, from the first to the last. */
export type Registers = { first: number; words: Uint16Array }

/** Exceptions of Modbus. */
export const [NO_FUNCTION, NO_ADDRESS, NO_VALUE, SILENT] = [1, 2, 3, 11] as const
/** Words of one reply. */
const MAX_WORDS = 125

const SIZES: Record<Register['type'], number> = { float32: 2, int16: 1, uint16: 1, int32: 2, uint32: 2, acc32: 2, text: 8 }

/** Gives how many words a register has. */
export const wordsOf = ({ type, words }: Register): number => (type === 'text' ? (words ?? SIZES.text) : SIZES[type])

/** Evaluates all registers, and gives their words. */
export function registersOf({ registers }: CompiledRegisters, evaluate: (value: Expression) => Soon<Evaluated>): Soon<Registers> {
	const first = Math.min(...registers.map(({ at }) => at))
	const end = Math.max(...registers.map(({ at, words }) => at + words))
	const bytes = new DataView(new ArrayBuffer(2 * (end - first)))
	fillGaps(bytes, first, registers)
	let all: Soon<true> = true
	for (const register of registers)
		all = after(all, () =>
			after(evaluate(register.value), (result): true => {
				write(bytes, 2 * (register.at - first), register, plainOf(result))
				return true
			}),
		) as Soon<true>
	return after(all, () => ({ first, words: Uint16Array.from({ length: end - first }, (_, at) => bytes.getUint16(2 * at)) }))
}

/** Writes what stands for no value into words that no register has: a client that reads a span must not take them for 0. */
function fillGaps(bytes: DataView, first: number, registers: CompiledRegisters['registers']): void {
	const sorted = [...registers].sort((one, other) => one.at - other.at)
	for (const [place, { at, words, type }] of sorted.entries()) {
		const next = sorted[place + 1]
		const size = type === 'text' ? words : SIZES[type]
		for (let gap = at + words; next && gap + size <= next.at; gap += size) write(bytes, 2 * (gap - first), { type, words: size }, undefined)
	}
}

/** Writes a value; one that is absent or has no place as its type says: no number, the lowest signed, the highest unsigned, no count, or an empty text. */
function write(bytes: DataView, at: number, { type, words }: { type: Register['type']; words: number }, value: unknown): void {
	if (type === 'text') {
		const text = new TextEncoder().encode(typeof value === 'string' ? value : '').subarray(0, 2 * words)
		for (const [place, byte] of text.entries()) bytes.setUint8(at + place, byte)
		return
	}
	const number = typeof value === 'number' ? value : undefined
	const within = (least: number, most: number) =>
		number !== undefined && number >= least && number <= most ? Math.round(number) : undefined
	if (type === 'float32') bytes.setFloat32(at, number ?? Number.NaN)
	else if (type === 'int16') bytes.setInt16(at, within(-32_767, 32_767) ?? -32_768)
	else if (type === 'uint16') bytes.setUint16(at, within(0, 65_534) ?? 65_535)
	else if (type === 'int32') bytes.setInt32(at, within(-2_147_483_647, 2_147_483_647) ?? -2_147_483_648)
	else if (type === 'uint32') bytes.setUint32(at, within(0, 4_294_967_294) ?? 4_294_967_295)
	// SunSpec's counters: 0 says that nothing is counted.
	else bytes.setUint32(at, within(1, 4_294_967_295) ?? 0)
}

/** Gives the words that a request reads, or the exception of Modbus that refuses it. `registers`: undefined while the meter is silent. */
export function readRegisters(
	{ functions }: Pick<CompiledRegisters, 'functions'>,
	registers: Registers | undefined,
	request: { function: number; at: number; count: number },
): Uint16Array | number {
	const { at, count } = request
	if (!functions.includes(request.function)) return NO_FUNCTION
	if (count < 1 || count > MAX_WORDS) return NO_VALUE
	if (!registers) return SILENT
	const { first, words } = registers
	if (at < first || at + count > first + words.length) return NO_ADDRESS
	return words.subarray(at - first, at - first + count)
}
