import { basename } from 'node:path'
import { crc32 } from 'node:zlib'

/** What is wrong with a line of a state file, in words. */
export type Fault = string

/** The version of the form of all state files. */
const VERSION = 1
const LINE = /^\{"of":"([\w.-]{1,200})","version":(\d{1,9}),"crc":"([0-9a-f]{8})","is":(.*)\}$/s

/** Names what the lines of a file belong to: `main.memory` for `/var/lib/cii2mqtt/main.memory.json`. */
export const ownerOf = (file: string) => basename(file).replace(/\.jsonl?$/, '')

/**
 * Writes a line of a state file: JSON, with what it belongs to, the version of its form, and a checksum over all of it. A bit that flipped on a card, or
 * a file copied from another instance, must not pass for what was written.
 */
export function sealed(of: string, content: object): string {
	const is = JSON.stringify(content)
	return `{"of":"${of}","version":${VERSION},"crc":"${checksum(of, String(VERSION), is)}","is":${is}}\n`
}

/** Says whether a file begins with such a line, also a damaged one. */
export const isSealed = (text: string): boolean => text.startsWith('{"of":')

/** Gives the lines of a file; behind the last line break comes none. */
export const linesIn = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Reads a line of a state file, without its line break: its content, or what is wrong with it. */
export function unsealed(of: string, line: string): { is: unknown } | { fault: Fault } {
	const [, owner = '', version = '', crc, is = ''] = LINE.exec(line) ?? []
	if (crc === undefined || crc !== checksum(owner, version, is)) return { fault: 'damaged' }
	if (owner !== of) return { fault: `of ${owner}` }
	if (version !== String(VERSION)) return { fault: 'of another version' }
	const content = parsed(is)
	return content === undefined ? { fault: 'damaged' } : { is: content }
}

/** Reads JSON; undefined for anything else. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

const checksum = (of: string, version: string, is: string) =>
	crc32(is, crc32(`${of} ${version} `))
		.toString(16)
		.padStart(8, '0')

/** Counts what is wrong with the lines of one file. */
export class Faults {
	readonly #counts = new Map<Fault, number>()

	/** Counts lines; those of a kind are told together. */
	add(fault: Fault, lines = 1): void {
		if (lines > 0) this.#counts.set(fault, (this.#counts.get(fault) ?? 0) + lines)
	}

	/** Says how many lines cannot be used, and why: `3 lines cannot be used (2 damaged, 1 missing)`; nothing where all can. */
	text(): string {
		let sum = 0
		for (const lines of this.#counts.values()) sum += lines
		const parts = [...this.#counts].map(([fault, lines]) => `${lines} ${fault}`)
		return sum === 0 ? '' : `${sum} ${sum === 1 ? 'line' : 'lines'} cannot be used (${parts.slice(0, 5).join(', ')})`
	}
}
