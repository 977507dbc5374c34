import { readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config, Meter } from '../../schema/types/config.ts'
import { findingText } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { readSmall } from '../files/read-small.ts'
import type { LoadedConfig, MeterSource } from './config.ts'

type Read = { text: string; meters: [Meter, MeterSource][] }

/**
 * Makes a function that adds the meters of a config's folders to it. A file that is wrong keeps its last good content; `tell` gets each error once, in
 * words.
 */
export function meterFiles(tell: (text: string) => void): (loaded: LoadedConfig) => LoadedConfig {
	const known = new Map<string, Read>()
	let complaints: string[] = []

	function read(path: string, { config }: LoadedConfig): Read['meters'] {
		const before = known.get(path)
		const text = readSmall(path)
		if (before?.text === text) return before.meters
		const { document, value, findings } = parseDocument(path, text, 'meters')
		for (const finding of findings) tell(`${findingText(finding)}${before ? ' (its last good content stays in use)' : ''}`)
		const { meters } = findings.length > 0 ? { meters: [] } : (value as Pick<Config, 'meters'>)
		const source = { config: { ...config, meters }, document, folder: dirname(path) }
		const good = meters.map((entry, place): [Meter, MeterSource] => [entry, { place, config: source }])
		const found = findings.length > 0 ? (before?.meters ?? []) : good
		known.set(path, { text, meters: found })
		return found
	}

	return (loaded) => {
		const folders = meterFolders(loaded)
		if (folders.length === 0) return loaded
		const sources = new Map<Meter, MeterSource>(loaded.config.meters.map((entry, place) => [entry, { place, config: loaded }]))
		const names = new Set(loaded.config.meters.map(({ name }) => name))
		const texts: string[] = []
		const paths = folders.flatMap((folder) => jsonFiles(folder, texts))
		for (const path of paths) {
			try {
				for (const [entry, source] of read(path, loaded)) {
					if (names.has(entry.name)) texts.push(`${path}: another meter is called "${entry.name}"; this one is left out`)
					else sources.set(entry, source)
					names.add(entry.name)
				}
			} catch (error) {
				texts.push(`${path} cannot be read (${(error as Error).message})`)
			}
		}
		const present = new Set(paths)
		for (const path of known.keys()) if (!present.has(path)) known.delete(path)
		for (const text of texts) if (!complaints.includes(text)) tell(text)
		complaints = texts
		return { ...loaded, config: { ...loaded.config, meters: [...sources.keys()] }, sources }
	}
}

/** Lists the folders of meters that a config names. */
export function meterFolders({ config, folder }: LoadedConfig): string[] {
	return (config.meterFolders ?? []).map((path) => resolve(folder, path))
}

function jsonFiles(folder: string, texts: string[]): string[] {
	try {
		return readdirSync(folder)
			.filter((file) => file.endsWith('.json') && !file.startsWith('.'))
			.sort()
			.map((file) => join(folder, file))
	} catch (error) {
		texts.push(`${folder} cannot be read (${(error as Error).message})`)
		return []
	}
}
