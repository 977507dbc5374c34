import { batch, computed, signal } from '@preact/signals'
import { call, Refused } from '../api/client.ts'
import type { ProfileSaved, SourceGiven, WorkbenchProfile } from '../api/types.ts'
import { goTo } from '../router.ts'
import { benchHref } from './address.ts'
import { forgetDraft, keepDraft, keptDraft } from './drafts.ts'
import { ask, change, name, opened, source, telegram, text } from './state.ts'

/** The text that somebody else has saved meanwhile, and its tag. */
export type Theirs = { text: string; etag: string }
export const theirs = signal<Theirs | undefined>(undefined)

/** What came of the last saving; undefined once the text differs from what was saved. */
export const verdict = signal<ProfileSaved | undefined>(undefined)

/** When the draft was kept that was found at opening, ms since 1970; undefined where there was none. */
export const resumed = signal<number | undefined>(undefined)

/** Whether the profile stands in no file yet, neither of the visitor nor of the package. */
export const isNew = ({ etag, own, builtin }: WorkbenchProfile): boolean => etag === '' && !own && builtin !== true

/** Whether the text differs from the file's, or there is no file yet. */
export const isUnsaved = computed(() => opened.value !== undefined && (text.value !== opened.value.text || isNew(opened.value)))

const path = (profile: string): string => `workbench/profiles/${encodeURIComponent(profile)}`

/**
 * Opens a profile in the workbench: its file, or the draft of it that was kept. `given`: the telegrams that the address names; without, those that
 * were kept with the draft, or its first recording. Throws `Refused` where the server has none of this name and no draft is kept.
 */
export async function openProfile(profile: string, given?: SourceGiven, n?: number): Promise<void> {
	const draft = keptDraft(profile)
	const found = await call<WorkbenchProfile>(path(profile)).catch((error: unknown) => {
		if (draft && error instanceof Refused && error.status === 404) return { name: profile, text: '', etag: '', own: false, samples: [] }
		throw error
	})
	const isDraft = draft !== undefined && draft.text !== found.text
	batch(() => {
		name.value = profile
		verdict.value = undefined
		theirs.value = isDraft && draft.etag !== found.etag ? { text: found.text, etag: found.etag } : undefined
		opened.value = isDraft && theirs.value ? { ...found, etag: draft.etag, ...(draft.base !== undefined && { text: draft.base }) } : found
		text.value = isDraft ? draft.text : found.text
		resumed.value = isDraft && !isNew(found) ? draft.at : undefined
		source.value = given ?? draft?.source ?? source.value ?? recordingOf(found)
		telegram.value = n
	})
	if (draft && !isDraft && !isNew(found)) forgetDraft(profile)
	ask()
}

/** The first recording of a profile: it is shown where nothing else is. */
const recordingOf = ({ name: profile, samples: [sample] }: WorkbenchProfile): SourceGiven | undefined =>
	sample === undefined ? undefined : { profile, sample }

/** Keeps a new profile as a draft, so that opening its address shows it. */
export function begin(profile: string, draft: string, given: SourceGiven | undefined): void {
	keepDraft(profile, { text: draft, etag: '', at: Date.now(), ...(given && { source: given }) })
}

/** Goes to a profile in the workbench, with the telegrams of a source; without, with its recordings. */
export function openDraft(profile: string, given: SourceGiven | undefined): void {
	goTo(benchHref(profile, queryOf(profile, given)))
}

function queryOf(profile: string, given: SourceGiven | undefined): Record<string, string> {
	if (given && 'meter' in given) return { meter: given.meter }
	if (given && 'sample' in given) return { sample: given.sample, ...(given.profile !== profile && { of: given.profile }) }
	return {}
}

/** Keeps the text of the editor where it is not saved, and forgets it where it is. */
export function keepText(): void {
	if (name.value === '' || !opened.value) return
	if (!isUnsaved.value) forgetDraft(name.value)
	else if (text.value !== '')
		keepDraft(name.value, {
			text: text.value,
			etag: opened.value.etag,
			at: Date.now(),
			...(opened.value.etag !== '' && { base: opened.value.text }),
			...(source.value && { source: source.value }),
		})
}

/** Saves the text, if the file is still the one that was opened; otherwise `theirs` has the other text. Throws `Refused` for all else. */
export async function saveProfile(): Promise<void> {
	const { value: before } = opened
	if (!before) return
	const sent = text.value
	try {
		const saved = await call<ProfileSaved>(path(before.name), {
			method: 'PUT',
			body: { text: sent },
			headers: { 'if-match': `"${before.etag}"` },
		})
		forgetDraft(before.name)
		if (opened.value?.name !== before.name) return
		batch(() => {
			verdict.value = saved
			resumed.value = undefined
			opened.value = { ...before, text: sent, etag: saved.etag, file: saved.file, own: true, status: saved.status }
		})
		if (text.value !== sent) keepText()
		await refresh()
	} catch (error) {
		const other = theirsOf(error)
		if (!other) throw error
		theirs.value = other
	}
}

/** Looks whether somebody else has changed the file. */
export async function look(signal?: AbortSignal): Promise<void> {
	const { value: before } = opened
	if (!before || theirs.value) return
	const found = await call<WorkbenchProfile>(path(before.name), signal ? { signal } : {})
	// Saved here, or another profile opened, while the answer was on its way.
	if (opened.value !== before || theirs.value) return
	if (found.etag === before.etag) opened.value = { ...found, text: before.text }
	else if (found.text === text.value) opened.value = found
	else theirs.value = { text: found.text, etag: found.etag }
}

async function refresh(): Promise<void> {
	await look().catch(() => undefined)
}

/** Goes on with a text that takes what somebody else has saved into account: saving replaces theirs, knowingly. */
export function settle(chosen: string, title: string): void {
	const { value: other } = theirs
	const { value: before } = opened
	if (!other || !before) return
	batch(() => {
		opened.value = { ...before, ...other, own: other.etag === '' ? before.own : true }
		theirs.value = undefined
		verdict.value = undefined
		change(chosen, title)
	})
	keepText()
}

/** Gives the text that somebody else has saved, of a refusal with 412. */
function theirsOf(error: unknown): Theirs | undefined {
	if (!(error instanceof Refused) || error.status !== 412) return undefined
	const { body } = error
	const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
	if (typeof inner !== 'object' || inner === null || !('text' in inner) || typeof inner.text !== 'string') return undefined
	return { text: inner.text, etag: 'etag' in inner && typeof inner.etag === 'string' ? inner.etag : '' }
}
