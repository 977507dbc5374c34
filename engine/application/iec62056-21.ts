import { latin1 } from '../bytes/hex.ts'
import { type Budget, copied, spend } from '../telegram/budget.ts'
import { type Clock, iecClock, iecTime } from '../telegram/clock.ts'
import { codeOf } from '../telegram/code.ts'
import { hexText, idOf, ranked } from '../telegram/identity.ts'
import { type Register, registerOf } from '../telegram/register.ts'
import { type Rejected, rejected, type Telegram } from '../telegram/telegram.ts'
import { implyUnits, latestOf, textValue } from '../telegram/text.ts'
import { TextNotes } from '../telegram/text-notes.ts'
import type { ApplicationSettings } from './application.ts'

// /ISk5MT174-0001
// 1-0:1.8.0*255(0008048.375*kWh)              code and value
// 1.6.0*01(03.258*kW)(1702102000)             a maximum of an earlier billing period, and its time
// 6.8(0029.055*MWh)6.26(01589.28*m3)          several data sets in one line
/**
 * Reads a readout of IEC 62056-21 (6.3.2 and annex A: data lines of data sets `code(value*unit)`). Codes stay as they were sent, short ones
 * among them; only `*255` is left out, which says nothing. Refuses (`syntax`) what is no data set, (`error`) a message that reports an error,
 * (`layout`) a readout without a value, (`limit`) one with too many.
 */
export function iec62056(payload: Uint8Array, { budget, explain }: ApplicationSettings): Telegram | Rejected {
	const text = latin1(copied(budget, payload))
	const notes = explain && new TextNotes(explain('what the frame carries', payload), payload)
	const all = registersIn(text, budget, notes)
	if ('kind' in all) return notes ? { ...all, read: partOf(notes) } : all
	const before = notes && [...all]
	implyUnits(all, () => text)
	if (before) notes?.replaced(before, all)
	notes?.rest()
	const registers = latestOf(all)
	if (registers.length === 0) return rejected('layout', 'a readout without a value')
	const clock = clockOf(registers)
	const id = idOf(registers, IDS)
	const meterId = id !== undefined && HEX_ID.test(id) ? hexText(id) : id
	return {
		kind: 'telegram',
		application: 'iec62056-21',
		auth: 'none',
		registers,
		sequence: [],
		...(meterId !== undefined && { meterId }),
		...(clock && { clock: { ...clock, source: 'meter' as const } }),
	}
}

/** Reads the lines behind the identification to rows, or says why one of them cannot be read. */
function registersIn(text: string, budget: Budget, notes: TextNotes | undefined): Register[] | Rejected {
	const all: Register[] = []
	let [from, isFirst] = [0, true]
	for (const line of text.split(/(\r\n|\n|\r)/)) {
		const content = line.trim().replace(/!$/, '')
		const at = from + line.length - line.trimStart().length
		from += line.length
		const isHead = isFirst && line.startsWith('/')
		isFirst = false
		if (content === '' || isHead) continue
		const error = /^\((ER[^()]*)\)$/.exec(content)
		if (error) return rejected('error', `the meter reports: ${error[1]?.slice(0, 60)}`)
		const found = dataSets(content, budget, notes, at)
		if (budget.refused) return budget.refused
		if (!found) return rejected('syntax', `not a data line: ${content.slice(0, 60)}`)
		all.push(...found)
	}
	return all
}

/** What was read of a readout before it was refused. */
function partOf(notes: TextNotes): Telegram {
	return { kind: 'telegram', application: 'iec62056-21', auth: 'none', registers: notes.registers, sequence: [] }
}

/** `[A-B:]C.D[.E][*F]`, where C and D may be letters (C.1, F.F, L.1); `&F` stands for a value that was reset by hand. */
const CODE = /^(?:\d{1,3}-\d{1,3}:)?[0-9A-Z]{1,3}(?:\.[0-9A-F]{1,3}){0,3}(?:[*&]\d{1,3})?$/

function dataSets(line: string, budget: Budget, notes: TextNotes | undefined, at: number): Register[] | undefined {
	const sets = [...line.matchAll(/([^()]*)((?:\([^()]*\))+)/gy)]
	if (sets.reduce((sum, [all]) => sum + all.length, 0) !== line.length) return undefined
	const registers: Register[] = []
	for (const { 0: all, 1: code = '', 2: groups = '', index } of sets) {
		if (!CODE.test(code) || spend(budget)) return undefined
		const register = sentRegister(code.replace(/\*255$/, ''), groups.slice(1, -1).split(')('))
		notes?.dataSet(at + index, at + index + all.length, [register])
		registers.push(register)
	}
	return registers
}

function sentRegister(obis: string, groups: string[]): Register {
	const [one = '', two] = groups
	if (two === undefined) return registerOf(obis, textValue(one, codeOf(obis)))
	const time = groups.length === 2 ? iecTime(two) : undefined
	// A maximum that has not occurred yet has a time of zeros.
	if (!time && !/^0*$/.test(two)) return registerOf(obis, { kind: 'list', items: groups })
	const register = registerOf(obis, textValue(one, codeOf(obis)))
	register.time = time
	return register
}

/** The meter's address or number; the first of these codes that is there (annex A; 96.1.0 in newer meters). */
const IDS = ranked(
	['0.0.0', '1-0:0.0.0', '0-0:0.0.0'],
	['0.0'],
	['C.1', 'C.1.0', '0-0:C.1', '0-0:C.1.0'],
	['96.1.0', '1-0:96.1.0', '0-0:96.1.0'],
	['96.1.1', '1-0:96.1.1', '0-0:96.1.1'],
)
/** An id as P1 writes it, two hex digits a character (Iskra MT382); eight digits are a number of their own. */
const HEX_ID = /^(?:3[0-9]|[2-7][0-9A-Fa-f]){8,}$/

/** Time (0.9.1) and date (0.9.2), which stand in registers of their own; a heat meter's stand in one (9.36). */
function clockOf(registers: Register[]): Clock | undefined {
	const of = (code: RegExp) => {
		const value = registers.find(({ obis }) => code.test(obis))?.value
		return value?.kind === 'text' ? value.text : undefined
	}
	const [time, date] = [of(/^(1-0:)?0\.9\.1$/), of(/^(1-0:)?0\.9\.2$/)]
	return time === undefined || date === undefined ? iecTime(of(/^9\.36$/) ?? '') : iecClock(date, time)
}
