import type { SourceGiven } from '../../schema/types/api.ts'
import { checkSamples } from '../check/samples.ts'
import { outputNames } from '../output/output.ts'
import { builtinProfiles, type Library, type Source } from '../profile/library.ts'
import { type CompiledProfile, compileProfile } from '../profile/profile.ts'
import { sampleName, samplesNamed } from '../profile/samples.ts'
import { visible, visibleLines } from '../text/visible.ts'
import { CurrentLibrary, withDraft } from './library.ts'
import { acceptedSamples, newSample } from './own-samples.ts'
import { isRefused, type Refused, refused } from './refusal.ts'
import { Sources } from './source.ts'
import type { Answer, Question, Telegrams, Work } from './task.ts'

/** Bytes of the longest answer: a browser has to read and show it. */
const MAX_ANSWER = 8 * 1024 * 1024
/** Descriptions of kinds of meters that are kept. */
const MAX_KINDS = 20

type Of<Kind extends Work['kind']> = Extract<Work, { kind: Kind }>

/** Answers the questions of the workbench, one after the other, in the thread. What it reads of files it keeps as long as they do not change. */
export class Questions {
	readonly #library = new CurrentLibrary()
	readonly #sources = new Sources()
	readonly #kinds = new Map<string, string>()
	#kindsOf: Library | undefined

	/** Answers a question. Throws only for mistakes of ours. */
	async answer(question: Question): Promise<Answer> {
		const { work, folders } = question
		switch (work.kind) {
			case 'analyse':
				return await this.#analyse(work, question)
			case 'draft':
				return await this.#draft(work, question)
			case 'words':
				return json((await import('./words.ts')).wordsOf(this.#library.library(folders)))
			case 'meter-kind':
				return await this.#meterKind(work, folders)
			case 'profile':
				return this.#profile(work.name, folders)
			case 'check': {
				const compiled = compileProfile(work.name, this.#library.library(folders, true))
				return { findings: Array.isArray(compiled) ? compiled : await checkSamples(compiled) }
			}
			default:
				return await this.#written(work, question)
		}
	}

	async #analyse({ request, live }: Of<'analyse'>, { folders, target, outputs }: Question): Promise<Answer> {
		const library = this.#library.library(folders)
		const { profile, source, telegram, evaluate, samples = false } = request
		const found = source && this.#find(source, library, live)
		if (isRefused(found)) return found
		const { analyse } = await import('./analyse.ts')
		const made = await analyse({
			...(profile && { draft: { ...profile, folder: folderOf(profile.name, library, target) } }),
			library,
			lines: found?.lines ?? [],
			...(found?.header && { header: found.header }),
			keys: found?.keys ?? {},
			...shownOf(source, found, telegram),
			...(evaluate !== undefined && { evaluate }),
			samples,
			outputs: outputs.length > 0 ? outputs : outputNames(library),
		})
		const ids = found?.ids
		if (ids && made.telegrams?.length === ids.length)
			for (const [place, row] of made.telegrams.entries()) if (ids[place]) row.id = ids[place]
		return json(made)
	}

	async #draft({ request, live }: Of<'draft'>, { folders, target }: Question): Promise<Answer> {
		const library = this.#library.library(folders)
		const { source, ...rest } = request
		const found = source && this.#find(source, library, live)
		if (isRefused(found)) return found
		const { draftFor } = await import('./drafts.ts')
		const made = await draftFor(rest, found, library, target)
		return isRefused(made) ? made : json(made)
	}

	async #meterKind({ name }: Of<'meter-kind'>, folders: string[]): Promise<Answer> {
		const library = this.#library.library(folders)
		if (library !== this.#kindsOf) this.#kinds.clear()
		this.#kindsOf = library
		const known = this.#kinds.get(name)
		if (known !== undefined) return { bytes: new TextEncoder().encode(known) }
		if (!library.sources.has(name)) return noProfile(name)
		const { meterKind } = await import('./meter-kind.ts')
		const told = await meterKind(name, library)
		if (Array.isArray(told)) return refused('invalid', 'profile', 'The profile has errors.', { findings: told })
		const made = json(told)
		if ('bytes' in made && this.#kinds.size < MAX_KINDS) this.#kinds.set(name, new TextDecoder().decode(made.bytes))
		return made
	}

	#profile(name: string, folders: string[]): Answer {
		const library = this.#library.library(folders, true)
		const source = library.sources.get(name)
		if (!source) return noProfile(name)
		if (source.trouble !== undefined)
			return refused('unavailable', 'profile-unreadable', `${visible(source.file)} cannot be read: ${source.trouble}.`)
		const { text, file, folder } = source
		const isBuiltin = chainOf(source).some((one) => one.folder === builtinProfiles)
		return { profile: { text, file, folder, isOwn: folder !== builtinProfiles, isBuiltin, samples: namesIn(name, library) } }
	}

	/** Makes files of a profile as it is being written. */
	async #written(work: Of<'sample' | 'accept' | 'zip'>, { folders, target }: Question): Promise<Answer> {
		const { name } = work
		const library = this.#library.library(folders, true)
		const text = work.kind === 'zip' ? work.text : work.request.text
		const compiled = compileProfile(name, withDraft(library, { name, text, folder: folderOf(name, library, target) }))
		if (Array.isArray(compiled))
			return refused('invalid', 'profile', 'The profile has errors, which must be put right first.', { findings: compiled })
		try {
			if (work.kind === 'zip') {
				const bytes = await (await import('./contribution.ts')).contributionOf(compiled, text)
				return isRefused(bytes) ? bytes : { bytes }
			}
			const written = await (work.kind === 'accept'
				? acceptedSamples(compiled, work.request.samples)
				: this.#sample(work, compiled, library))
			return isRefused(written) ? written : { written }
		} catch (error) {
			// A file that cannot be read: the message names it.
			return refused('invalid', 'sample-unreadable', visible(`${(error as Error).message}.`))
		}
	}

	#sample({ sample, request, live }: Of<'sample'>, compiled: CompiledProfile, library: Library) {
		const found = this.#find(request.source, library, live)
		return isRefused(found) ? found : newSample(compiled, sample, found, request.telegrams)
	}

	#find(source: SourceGiven, library: Library, live: Telegrams | undefined): Telegrams | Refused {
		return this.#sources.find(source, library, live)
	}
}

/** Writes an answer as it is sent; unseen characters are escaped. */
function json(value: object): Answer {
	if (isRefused(value)) return value
	const bytes = new TextEncoder().encode(visibleLines(JSON.stringify(value)))
	if (bytes.length <= MAX_ANSWER) return { bytes }
	return refused('invalid', 'workbench-size', `The answer would be longer than ${MAX_ANSWER / 1024 / 1024} MB.`, {
		hint: 'Fewer and shorter telegrams: nothing that a meter sends needs so much.',
	})
}

const noProfile = (name: string) =>
	refused('unknown', 'profile', `There is no profile "${visible(name, 100)}".`, { hint: 'GET /api/profiles lists them.' })

/** The telegram to show: the one that was asked for, or a meter's by its id. */
function shownOf(source: SourceGiven | undefined, found: Telegrams | undefined, telegram: number | undefined): { telegram?: number } {
	if (telegram !== undefined) return { telegram }
	const place = source && 'meter' in source && source.id !== undefined ? (found?.ids?.indexOf(source.id) ?? -1) : -1
	return place >= 0 ? { telegram: place } : {}
}

/** The folder of the file that a text stands for, or in which it would be written. */
function folderOf(name: string, library: Library, target: string | undefined): string {
	const source = library.sources.get(name)
	return source && source.folder !== builtinProfiles ? source.folder : (target ?? builtinProfiles)
}

const chainOf = (source: Source): Source[] => [source, ...(source.shadowed ? chainOf(source.shadowed) : [])]

function namesIn(name: string, library: Library): string[] {
	try {
		return samplesNamed(name, library)?.map(sampleName) ?? []
	} catch {
		return []
	}
}
