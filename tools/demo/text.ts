import { crcArc } from '../../engine/bytes/crc.ts'
import { fromLatin1, hex, latin1 } from '../../engine/bytes/hex.ts'
import { wallAt } from './calendar.ts'
import type { Moment } from './house.ts'
import { digitsOf, valuesOf } from './values.ts'

/** The demo's sub-meters: channel, device type (EN 13757-3), and id. */
export const PIPES = {
	gas: { channel: 1, type: '003', name: 'G0000000000012' },
	water: { channel: 2, type: '007', name: 'W0000000000012' },
}

/**
 * Makes P1 telegrams of the form of a recorded one: the same lines, numbers with as many digits, with the clock and the values of a moment, gas and water
 * behind them where the house has them, and a CRC that fits.
 */
export function textWriter(bytes: Uint8Array): (moment: Moment) => Uint8Array {
	const lines = latin1(bytes)
		.replace(/![0-9A-F]*\s*$/, '')
		.split('\r\n')
	return (moment) => {
		const values = valuesOf(moment)
		const written = lines.map((line) => lineOf(line, values, moment))
		// The last one is empty: `!` stands behind the end of a line.
		if (moment.pipes) written.splice(-1, 0, ...pipeLines(moment.pipes))
		const body = `${written.join('\r\n')}!`
		const crc = crcArc(fromLatin1(body)).toString(16).toUpperCase().padStart(4, '0')
		return fromLatin1(`${body}${crc}\r\n`)
	}
}

/** A line with the value of the moment, if it has one. */
function lineOf(line: string, values: Map<string, number>, { instant, tariff }: Moment): string {
	const [, code = '', short = ''] = /^(\d+-\d+:(\d+\.\d+\.\d+))\(/.exec(line) ?? []
	if (code === '0-0:1.0.0') return `${code}(${p1Time(instant)})`
	if (code === '0-0:96.14.0') return `${code}(000${tariff})`
	const value = values.get(short)
	const [, digits = '', unit = ''] = /\(([\d.]+)\*(\w+)\)/.exec(line) ?? []
	if (value === undefined || unit === '') return line
	const decimals = digits.length - 1 - digits.indexOf('.')
	const number = digitsOf(short, value, (unit.startsWith('k') ? 3 : 0) - decimals) / 10 ** decimals
	return `${code}(${number.toFixed(decimals).padStart(digits.length, '0')}*${unit})`
}

/** The lines of gas and water: type, id, and the counter with the time at which it was read. */
function pipeLines({ gas, water, instant }: NonNullable<Moment['pipes']>): string[] {
	const lines = ({ channel, type, name }: (typeof PIPES)['gas'], volume: number) => {
		const counter = (Math.floor(1000 * volume + 1e-6) / 1000).toFixed(3).padStart(9, '0')
		const id = hex(fromLatin1(name))
		return [`0-${channel}:24.1.0(${type})`, `0-${channel}:96.1.0(${id})`, `0-${channel}:24.2.1(${p1Time(instant)})(${counter}*m3)`]
	}
	return [...lines(PIPES.gas, gas), ...lines(PIPES.water, water)]
}

/** `YYMMDDhhmmss` with `S` in summer and `W` in winter. */
function p1Time(instant: number): string {
	const { local, isSummer } = wallAt(instant)
	return `${local.slice(2).replaceAll(/\D/g, '')}${isSummer ? 'S' : 'W'}`
}
