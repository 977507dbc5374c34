import { dirname, resolve } from 'node:path'
import type { Config, Meter } from '../../schema/types/config.ts'
import { type Document, type Fault, type Finding, findingAt } from '../document/finding.ts'
import { parseDocument } from '../document/parse.ts'
import { MAX_FILE, readRegular } from '../files/regular.ts'
import { addressFault } from '../mqtt/address.ts'
import { builtinProfiles } from '../profile/library.ts'
import { tariffFaults } from './tariffs.ts'

/** A config that was read and checked: paths in it are relative to `folder`. `sources`: where each meter stands, once folders of meters were read. */
export type LoadedConfig = { config: Config; document: Document; folder: string; sources?: ReadonlyMap<Meter, MeterSource> }

/** Where a meter stands: its place in `meters` of the config, or of a file of a folder of meters. */
export type MeterSource = { place: number; config: LoadedConfig }

/** Finds where a meter of this config stands. */
export function sourceOf(entry: Meter, loaded: LoadedConfig): MeterSource {
	return loaded.sources?.get(entry) ?? { place: loaded.config.meters.indexOf(entry), config: loaded }
}

/** Reads a config file. Returns findings for a config that is wrong; throws the system's error when the file cannot be read. */
export function readConfig(file: string): LoadedConfig | Finding[] {
	return parseConfig(file, readRegular(file, MAX_FILE))
}

/** Checks a config's text: JSON, schema, names, the broker's address. */
export function parseConfig(file: string, text: string): LoadedConfig | Finding[] {
	const { document, value, findings } = parseDocument(file, text, 'config')
	if (findings.length > 0) return findings
	const config = value as Config
	const { meters, outputs = [], mqtt } = config
	const find = (...fault: Fault) => findings.push(findingAt(document, ...fault))
	for (const [place, name] of repeated(meters.map(({ name }) => name)))
		find(['meters', place, 'name'], 'config/name', `two meters are called "${name}"`, 'give each its own name')
	for (const [place, name] of repeated(outputs.map((entry) => (typeof entry === 'string' ? entry : entry.output))))
		find(['outputs', place], 'output/twice', `the output "${name}" stands twice`, 'copy its file to another name for a second one')
	if ((mqtt.url === undefined) === (mqtt.embedded === undefined))
		find(['mqtt'], 'config/mqtt', 'mqtt needs either "url" or "embedded"', '{ "url": "mqtt://localhost:1883" }')
	for (const fault of tariffFaults(config)) find(...fault)
	const fault = mqtt.url === undefined ? undefined : addressFault(mqtt.url)
	if (fault) find(['mqtt', 'url'], 'config/url', ...fault)
	return findings.length > 0 ? findings : { config, document, folder: dirname(resolve(file)) }
}

/** Lists names that stand before in the array, with their places. */
function repeated(names: string[]): [place: number, name: string][] {
	const seen = new Set<string>()
	return [...names.entries()].filter(([, name]) => seen.has(name) || !seen.add(name))
}

/** Lists the folders of a config's profiles: the built-in ones first, as the config's own profiles replace them. */
export function profileFolders({ config, folder }: LoadedConfig): string[] {
	return [builtinProfiles, ...(config.profiles ?? []).map((path) => resolve(folder, path))]
}

/** Names of the folder of profiles beside a config that names none: the second where the first is the package's own. */
const FOLDERS = ['profiles', 'own-profiles'] as const

/** Gives the name of the folder of the user's profiles beside a config that names none. */
export function ownFolder(folder: string): string {
	return FOLDERS.find((name) => resolve(folder, name) !== resolve(builtinProfiles)) ?? FOLDERS[1]
}
