import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Config, Meter } from '../../schema/types/config.ts'
import { findingText } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { readSmall } from '../files/read-small.ts'
import type { LoadedConfig, MeterSource } from './config.ts'

/** Reads the folders of meters that a config names. */
export type MeterFiles = {
	/** Adds the meters of these folders to a config. A file that is wrong keeps its last good content, and each error is told once. */
	added(loaded: LoadedConfig): LoadedConfig
}

type Read = { text: string; meters: Meter[]; source: LoadedConfig | undefined }

/** Makes a reader of folders of meters. `tell` gets what is wrong with a file, in words. */
export function meterFiles(tell: (text: string) => void): MeterFiles {
	const known = new Map<string, Read>()
	let complaints: string[] = []

	function read(path: string, loaded: LoadedConfig, folder: string): Read | undefined {
		const before = known.get(path)
		const text = readSmall(path)
		if (before?.text === text) return before
		const { document, value, findings } = parseDocument(path, text, 'meters')
		if (findings.length > 0)
			for (const finding of findings) tell(`${findingText(finding)}${before ? ' (its last good content stays in use)' : ''}`)
		const { meters } = findings.length > 0 ? { meters: before?.meters ?? [] } : (value as Pick<Config, 'meters'>)
		const source = findings.length > 0 ? before?.source : { config: { ...loaded.config, meters }, document, folder }
		const found = { text, meters, source }
		known.set(path, found)
		return found
	}

	return {
		added(loaded) {
			const folders = meterFolders(loaded)
			if (folders.length === 0) return loaded
			const sources = new Map<Meter, MeterSource>(loaded.config.meters.map((entry, place) => [entry, { place, config: loaded }]))
			const names = new Set(loaded.config.meters.map(({ name }) => name))
			const texts: string[] = []
			const paths = new Set<string>()
			for (const folder of folders) {
				for (const path of jsonFiles(folder, texts)) {
					paths.add(path)
					try {
						const { meters = [], source } = read(path, loaded, folder) ?? {}
						meters.forEach((entry, place) => {
							if (names.has(entry.name)) texts.push(`${path}: another meter is called "${entry.name}"; this one is left out`)
							else if (source) sources.set(entry, { place, config: source })
							names.add(entry.name)
						})
					} catch (error) {
						texts.push(`${path} cannot be read (${(error as Error).message})`)
					}
				}
			}
			for (const path of known.keys()) if (!paths.has(path)) known.delete(path)
			for (const text of texts) if (!complaints.includes(text)) tell(text)
			complaints = texts
			return { ...loaded, config: { ...loaded.config, meters: [...sources.keys()] }, sources }
		},
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
