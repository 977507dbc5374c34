import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkSamples } from '../../../engine/check/samples.ts'
import { type LoadedConfig, readConfig } from '../../../engine/config/config.ts'
import type { Finding } from '../../../engine/document/finding.ts'
import { builtinProfiles, isFragment, profileNames, readLibrary } from '../../../engine/profile/library.ts'
import { compileProfile } from '../../../engine/profile/profile.ts'
import { Bench } from '../../../engine/workbench/bench.ts'
import { isRefused } from '../../../engine/workbench/refusal.ts'
import type { Telegrams } from '../../../engine/workbench/task.ts'
import type { DraftRequest, ProfileEntry, ProfileSave, SampleAccept, SampleAdd, WorkbenchRequest, ZipRequest } from '../src/api/types.ts'
import { Bytes, type Route, Status } from './fake.ts'
import { InProcess } from './in-process.ts'

export type BenchScene = {
	/** The profile that the meter `house` uses. */
	profile?: string
	/** Files in the visitor's folder: name → text. */
	own?: Record<string, string>
	/** The last telegrams of a meter that runs. */
	live?(meter: string): Omit<Telegrams, 'isPrivate'> | undefined
}

/** The profiles of the package by name: they are compiled once. */
const shipped = new Map<string, ProfileEntry>()
const STATUS: Record<string, number> = { unknown: 404, invalid: 422, changed: 412, conflict: 409, busy: 429, unavailable: 503 }

/** The workbench's own door over a folder of its own: real files, tags and checks, with a made-up config around. */
export class FakeBench {
	/** The folder with the config, and the one with the visitor's profiles. */
	readonly folder = mkdtempSync(join(tmpdir(), 'cii2mqtt-bench-'))
	readonly profiles = join(this.folder, 'profiles')
	readonly #config: LoadedConfig
	readonly #bench: Bench
	readonly #verdicts = new Map<string, { status: 'active' | 'rejected'; errors: Finding[] }>()

	constructor({ profile = 'ekz-e450', own = {}, live = () => undefined }: BenchScene = {}) {
		const meters = [{ name: 'house', title: 'Haus Sonnenweg', profile, transport: { path: '/dev/ttyUSB0' } }]
		const file = join(this.folder, 'cii2mqtt.json')
		mkdirSync(this.profiles)
		writeFileSync(file, JSON.stringify({ mqtt: { embedded: {} }, profiles: ['profiles'], meters }))
		for (const [name, text] of Object.entries(own)) this.write(name, text)
		const config = readConfig(file)
		if (Array.isArray(config)) throw new Error(JSON.stringify(config))
		this.#config = config
		this.#bench = new Bench({
			file,
			config: () => this.#config,
			live,
			status: (name) => this.#verdicts.get(name),
			configure: async () => ({}),
			settled: () => this.#check(),
			stateFile: undefined,
			tell: (text) => console.log(text),
			open: () => new InProcess(),
		})
	}

	/** Writes a profile by hand, as an editor on the same machine would. */
	write(name: string, text: string): void {
		writeFileSync(join(this.profiles, `${name}.json`), text)
	}

	/** Checks the profile in use, as the engine does after each change of a file. */
	async #check(): Promise<void> {
		const library = readLibrary([builtinProfiles, this.profiles])
		for (const { profile: name } of this.#config.config.meters) {
			const compiled = compileProfile(name, library)
			const errors = Array.isArray(compiled) ? compiled : await checkSamples(compiled)
			this.#verdicts.set(name, { status: errors.length > 0 ? 'rejected' : 'active', errors })
		}
	}

	/** Ends the thread and removes the folder. */
	close(): void {
		this.#bench.close()
		rmSync(this.folder, { recursive: true, force: true })
	}

	routes(): Route[] {
		const bench = this.#bench
		return [
			['GET', /^profiles$/, async () => ({ profiles: await this.#list() })],
			['POST', /^workbench$/, async ({ body }) => reply(await bench.analyse(body as WorkbenchRequest))],
			['GET', /^workbench\/words$/, async () => reply(await bench.words())],
			['POST', /^workbench\/drafts$/, async ({ body }) => reply(await bench.draft(body as DraftRequest))],
			['GET', /^workbench\/profiles\/([^/]+)$/, async ({ match: [, name = ''] }) => reply(await bench.profile(name))],
			[
				'PUT',
				/^workbench\/profiles\/([^/]+)$/,
				async ({ match: [, name = ''], body, headers }) => {
					const etag = headers['if-match']?.replace(/^"(.*)"$/, '$1')
					if (etag === undefined) return new Status(422, { error: { code: 'if-match', message: 'no If-Match' } })
					return reply(await bench.save(name, (body as ProfileSave).text, etag))
				},
			],
			[
				'POST',
				/^workbench\/profiles\/([^/]+)\/samples\/([^/]+)$/,
				async ({ match: [, name = '', sample = ''], body }) => reply(await bench.addSample(name, sample, body as SampleAdd)),
			],
			[
				'POST',
				/^workbench\/profiles\/([^/]+)\/accept$/,
				async ({ match: [, name = ''], body }) => reply(await bench.accept(name, body as SampleAccept)),
			],
			[
				'POST',
				/^workbench\/profiles\/([^/]+)\/zip$/,
				async ({ match: [, name = ''], body }) => {
					const made = await bench.zip(name, (body as ZipRequest).text)
					return isRefused(made) ? reply(made) : new Bytes('application/zip', made.bytes)
				},
			],
		]
	}

	async #list(): Promise<ProfileEntry[]> {
		const library = readLibrary([builtinProfiles, this.profiles])
		await this.#check()
		return profileNames(library)
			.filter((name) => !isFragment(name))
			.map((name): ProfileEntry => {
				const before = shipped.get(name)
				if (before && library.sources.get(name)?.folder !== this.profiles && !this.#verdicts.has(name)) return before
				const compiled = compileProfile(name, library)
				const source = library.sources.get(name)?.folder === this.profiles ? 'own' : 'built-in'
				const status = this.#verdicts.get(name)
				if (Array.isArray(compiled))
					return { name, title: name, kind: 'serial', samples: false, source, status: 'rejected', errors: compiled }
				const { title = name, meter = {}, transport } = compiled.document
				const { operator, manufacturer, model, country } = meter
				const about = { operator, manufacturer, model, country }
				const known = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined))
				const entry: ProfileEntry = {
					name,
					title,
					...known,
					kind: transport.kind,
					samples: compiled.sampled.includes(name),
					source,
					...(status && { status: status.status }),
				}
				if (source === 'built-in' && !status) shipped.set(name, entry)
				return entry
			})
	}
}

/** Answers as the engine's server does. */
function reply(made: unknown): unknown {
	if (isRefused(made)) {
		const { refused, ...error } = made
		return new Status(STATUS[refused] ?? 500, { error })
	}
	if (typeof made === 'object' && made !== null && 'bytes' in made && made.bytes instanceof Uint8Array)
		return JSON.parse(Buffer.from(made.bytes).toString())
	return made
}
