import { dirname, join, resolve } from 'node:path'
import type { Config, Meter } from '../../schema/types/config.ts'
import { findingText } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { entriesOf, isJson, MAX_FILE, readRegular } from '../files/regular.ts'
import { visible } from '../text/visible.ts'
import type { LoadedConfig, MeterSource } from './config.ts'

/** Entries of a folder that are looked at, and bytes of all files that are read: a town has a file for each meter. */
const [MAX_ENTRIES, MAX_BYTES] = [100_000, 64 * 1024 * 1024]

/**
 * Makes a function that adds the meters of a config's folders to it. A file that is wrong keeps its last good content; `tell` gets each error once, in
 * words.
 */
export function meterFiles(tell: (text: string) => void): (loaded: LoadedConfig) => LoadedConfig {
	const known = new Map<string, { text: string; meters: [Meter, MeterSource][] }>()
	let complaints: string[] = []

	function read(path: string, { config }: LoadedConfig): [Meter, MeterSource][] {
		const before = known.get(path)
		const text = readRegular(path, MAX_FILE)
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

	/** Lists the files of all folders; `texts` gets what cannot be listed. */
	function list(loaded: LoadedConfig, texts: string[]): Set<string> {
		const all = meterFolders(loaded).flatMap((folder) => {
			try {
				const { names, cut } = entriesOf(folder, MAX_ENTRIES, isJson)
				if (cut) texts.push(`${folder} has more than ${MAX_ENTRIES} entries: the others are left out`)
				return names.map((file) => join(folder, file))
			} catch (error) {
				texts.push(`${folder} cannot be read (${(error as Error).message})`)
				return []
			}
		})
		return new Set(all)
	}

	return (loaded) => {
		const texts: string[] = []
		const sources = new Map<Meter, MeterSource>(loaded.config.meters.map((entry, place) => [entry, { place, config: loaded }]))
		const names = new Set(loaded.config.meters.map(({ name }) => name))
		const paths = list(loaded, texts)
		let [bytes, beyond] = [0, 0]
		for (const path of paths) {
			if (bytes > MAX_BYTES) {
				beyond++
				continue
			}
			let meters: [Meter, MeterSource][] = []
			try {
				meters = read(path, loaded)
			} catch (error) {
				texts.push(`${visible(path)} cannot be read (${(error as Error).message})`)
				// Something else stands in its place: its meters go on.
				if ((error as NodeJS.ErrnoException).code !== 'ENOENT') meters = known.get(path)?.meters ?? []
			}
			bytes += known.get(path)?.text.length ?? 0
			for (const [entry, source] of meters) {
				if (names.has(entry.name)) texts.push(`${visible(path)}: another meter is called "${entry.name}"; this one is left out`)
				else sources.set(entry, source)
				names.add(entry.name)
			}
		}
		if (beyond > 0) texts.push(`${beyond} files of meters are left out: the others have ${MAX_BYTES / 1024 / 1024} MB already`)
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
