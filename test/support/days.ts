import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type History, type HistorySettings, openHistory } from '../../engine/history/history.ts'
import type { Reading } from '../../schema/types/reading.ts'

/** Seconds since 1970 of a time as text. */
export const at = (text: string) => Date.parse(text) / 1000

/** Makes a reading of meter `house` at a time (seconds since 1970); it arrives then, unless `more` says otherwise. */
export function readingAt(time: number, more: Partial<Reading> = {}): Reading {
	const text = new Date(time * 1000).toISOString()
	return {
		schema: 'cii.reading/1',
		meter: 'house',
		id: 'M1',
		time: text,
		time_source: 'meter',
		received: text,
		session: '2026-01-01T00:00:00.000Z',
		seq: 0,
		auth: 'none',
		profile: 'test@1.0.0',
		...more,
	}
}

/** A clock that a test sets, in seconds since 1970. */
export type Clock = { time: number }

/** Opens a history in a folder of its own, or again in the same one. `told`: what was said of the disk; `ended`: meters whose totals were to be published. */
export async function historyIn(folder: string, clock: Clock, more: Partial<HistorySettings> = {}) {
	const told: string[] = []
	const ended: string[] = []
	const history = await openHistory({
		file: join(folder, 'main.history.db'),
		days: 800,
		minuteDays: 7,
		tariffs: () => [],
		zone: () => 'Europe/Zurich',
		tell: (text) => told.push(text),
		ended: (meter) => ended.push(meter),
		now: () => clock.time * 1000,
		...more,
	})
	if (!history) throw new Error(told.join())
	return { history, told, ended, file: join(folder, 'main.history.db') }
}

const folders: string[] = []

/** Makes a folder; `removeFolders` removes it. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'cii-history-'))
	folders.push(path)
	return path
}

export function removeFolders(): void {
	for (const path of folders) rmSync(path, { recursive: true, force: true })
}

/** The bars of meter `house` between two times as text. */
export const barsOf = (history: History, from: string, to: string, step: 'quarter' | 'hour' | 'day' | 'month' | 'year') =>
	history.bars('house', { from: Date.parse(from), to: Date.parse(to), step })

/** Numbers that are the same at each run: 0 to 1. */
export function random(seed: number): () => number {
	let state = seed
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0
		return state / 2 ** 32
	}
}

/** A counter that only rises, as a function of the time: what a meter shows, whenever it is asked. */
export function valueAt(time: number): number {
	const seconds = time - at('2026-01-01T00:00:00Z')
	return Math.round(1_000_000 + seconds * 0.1 + 200 * Math.sin(seconds / 5000))
}

/** Fills a history with days of several meters up to a time: the first and the last reading of each quarter-hour, as nothing between changes what is kept. */
export function fillDays(history: History, clock: Clock, meters: readonly string[], days: number, until: number): void {
	const start = Math.floor(until / 900) * 900 - days * 86_400
	for (let second = 5; start + second <= until; second += second % 900 === 5 ? 890 : 10) {
		clock.time = start + second
		for (const [place, meter] of meters.entries()) {
			// Some evenings use more than others.
			const used = 1000 + second * 0.1 * (place + 1) + 3000 * Math.sin(second / 20_000) + 3000
			history.add(
				readingAt(start + second, { meter, id: meter, energy_import: Math.floor(used), energy_export: Math.floor(second * 0.03) }),
			)
		}
		if (second % 86_400 === 5) history.flush()
	}
	history.flush()
}
