import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { seeded } from '../../tools/faults.ts'

type Random = ReturnType<typeof seeded>

/** What may become of a state file: of its bytes, or of the file. Each leaves something that is not what was written. */
const BYTES: Record<string, (text: Buffer, random: Random) => Buffer> = {
	'cut short': (text, random) => {
		// At a line's end an append-only file looks as if it had never been longer.
		let at = random(text.length)
		while (at === 0 || text[at - 1] === 0x0a || text[at] === 0x0a) at = random(text.length)
		return text.subarray(0, at)
	},
	'one bit': (text, random) => flipped(text, random(text.length), random),
	'one bit of a digit': (text, random) => {
		let at = random(text.length)
		while (!/\d/.test(String.fromCharCode(text[at] ?? 0))) at = random(text.length)
		return flipped(text, at, random)
	},
	'twenty bytes': (text, random) => {
		const damaged = Buffer.from(text)
		for (let count = 0; count < 20; count++) damaged[random(text.length)] = random(256)
		return damaged
	},
	'twenty digits': (text, random) => {
		const damaged = Buffer.from(text)
		for (let count = 0; count < 20; ) {
			const at = random(text.length)
			if (!/\d/.test(String.fromCharCode(text[at] ?? 0))) continue
			damaged[at] = 0x30 + random(10)
			count++
		}
		return damaged.equals(text) ? flipped(text, 0, random) : damaged
	},
	'a block of zeros': (text, random) => Buffer.from(text).fill(0, random(text.length), undefined),
	'a block of another file': (text, random) => {
		const at = random(text.length)
		return Buffer.concat([text.subarray(0, at), Buffer.from('profile'.repeat(1 + random(500))), text.subarray(at + 1)])
	},
	'a line twice': (text, random) => {
		const lines = linesOf(text)
		const line = lines[random(lines.length)] ?? ''
		return joined([...lines, line, line])
	},
	'contents of two lines swapped': (text, random) => {
		const lines = linesOf(text)
		const at = random(Math.max(lines.length - 1, 1))
		const [one = '', other = ''] = [lines[at], lines[at + 1]]
		const content = (line: string) => line.slice(line.indexOf('"is":'))
		lines[at] = one.replace(content(one), () => content(other))
		lines[at + 1] = other.replace(content(other), () => content(one))
		return joined(lines)
	},
	'lines of Windows': (text) => Buffer.from(text.toString().replaceAll('\n', '\r\n')),
	'text before': (text) => Buffer.concat([Buffer.from('x'), text]),
}

const PLACES: Record<string, (file: string) => void> = {
	'a folder': (file) => mkdirSync(file),
	'a pipe': (file) => void execFileSync('mkfifo', [file]),
	'a link to a device': (file) => symlinkSync('/dev/zero', file),
	'a link to itself': (file) => symlinkSync(file, file),
	'100 GB': (file) => {
		writeFileSync(file, '')
		truncateSync(file, 1e11)
	},
}

const flipped = (text: Buffer, at: number, random: Random) => {
	const damaged = Buffer.from(text)
	damaged[at] = (damaged[at] ?? 0) ^ (1 << random(8))
	return damaged
}
const linesOf = (text: Buffer) => text.toString().trimEnd().split('\n')
const joined = (lines: string[]) => Buffer.from(`${lines.join('\n')}\n`)

/** Damages a state file in the way that comes next, and names the way. */
export function damageFile(file: string, round: number): string {
	const ways = [...Object.entries(BYTES), ...Object.entries(PLACES)]
	const [name = '', way] = ways[round % ways.length] ?? []
	if (way && name in PLACES) {
		rmSync(file)
		;(way as (typeof PLACES)[string])(file)
	} else if (way) writeFileSync(file, (way as (typeof BYTES)[string])(readFileSync(file), seeded(round)))
	return name
}

/** How many ways there are. */
export const MANY_WAYS = Object.keys({ ...BYTES, ...PLACES }).length
