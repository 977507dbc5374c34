import { dirname, join, resolve } from 'node:path'
import type { Config, Meter } from '../../schema/types/config.ts'
import { findingText } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { jsonFiles, readSmall } from '../files/read-small.ts'
import type { LoadedConfig, MeterSource } from './config.ts'

/**
 * Makes a function that adds the meters of a config's folders to it. A file that is wrong keeps its last good content; `tell` gets each error once, in
 * words.
 */
export function meterFiles(tell: (text: string) => void): (loaded: LoadedConfig) => LoadedConfig {
	const known = new Map<string, { text: string; meters: [Meter, MeterSource][] }>()
	let complaints: string[] = []

	function read(path: string, { config }: LoadedConfig): [Meter, MeterSource][] {
		const before = known.get(path)
		const text = readSmall(path)
		if (before?.text === text) return before.meters
		const { document, value, findings } = parseDocument(path, text, 'meters')
		for (const finding of findings) tell(`${findingText(finding)}${before ? ' (its last good content stays in use)' : ''}`)
		let meters = before?.meters ?? []
		if (findings.length === 0) {
			const source = { config: { ...config, ...(value as Pick<Config, 'meters'>) }, document, folder: dirname(path) }
			meters = source.config.meters.map((entry, place) => [entry, { place, config: source }])
		}
		known.set(path, { text, meters })
		return meters
	}

	return (loaded) => {
		const texts: string[] = []
		const attempt = <T>(path: string, work: () => T[]): T[] => {
			try {
				return work()
			} catch (error) {
				texts.push(`${path} cannot be read (${(error as Error).message})`)
				return []
			}
		}
		const sources = new Map<Meter, MeterSource>(loaded.config.meters.map((entry, place) => [entry, { place, config: loaded }]))
		const names = new Set(loaded.config.meters.map(({ name }) => name))
		const paths = new Set(
			meterFolders(loaded).flatMap((folder) => attempt(folder, () => jsonFiles(folder).map((file) => join(folder, file)))),
		)
		for (const path of paths)
			for (const [entry, source] of attempt(path, () => read(path, loaded))) {
				if (names.has(entry.name)) texts.push(`${path}: another meter is called "${entry.name}"; this one is left out`)
				else sources.set(entry, source)
				names.add(entry.name)
			}
		for (const path of known.keys()) if (!paths.has(path)) known.delete(path)
		for (const text of texts) if (!complaints.includes(text)) tell(text)
		complaints = texts
		return { ...loaded, config: { ...loaded.config, meters: [...sources.keys()] }, sources }
	}
}

/** Lists the folders of meters that a config names. */
export function meterFolders({ config, folder }: LoadedConfig): string[] {
	return (config.meterFolders ?? []).map((path) => resolve(folder, path))
}
