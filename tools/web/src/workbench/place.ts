import { batch, signal } from '@preact/signals'
import { callText } from '../api/client.ts'
import type { SourceGiven } from '../api/types.ts'
import { href, type Route, route } from '../router.ts'
import { keys, probe as search } from '../setup/flow.ts'
import { say } from '../words/words.ts'
import { NO_PROFILE } from './address.ts'
import { openProfile } from './file.ts'
import { following } from './source-now.ts'
import { close, failure, name, setSource, source, telegram } from './state.ts'

/** Digits of pasted bytes that an address carries; longer ones are kept by nobody but the page. */
const MAX_DIGITS = 2000

/** Whether what the address wants is being fetched. */
export const opening = signal(false)

/** What a search for a meter has heard: its address is the search's. */
let searched: { probe: string; text: string } | undefined

/** Gives the address of what is shown now, which restores it: profile, source and telegram. */
export function addressOf(): string {
	const query = queryOf(source.value, telegram.value)
	if (name.value === '' && query === undefined) return route.peek().parts.length > 1 ? href('workbench', NO_PROFILE) : href('workbench')
	return `${href('workbench', name.value || NO_PROFILE)}${query ? `?${query}` : ''}`
}

function queryOf(from: SourceGiven | undefined, n: number | undefined): string | undefined {
	if (from === undefined) return undefined
	const at = n === undefined ? {} : { telegram: String(n) }
	const query = new URLSearchParams()
	const put = (parts: Record<string, string>) => Object.entries(parts).forEach(([key, value]) => void query.set(key, value))
	if ('meter' in from) put({ meter: from.meter, ...(from.id !== undefined && !following.value && { id: from.id }) })
	else if ('sample' in from) put({ ...(from.profile !== name.value && { of: from.profile }), sample: from.sample, ...at })
	else if (from.text === searched?.text) put({ probe: searched.probe, ...at })
	else if (isShortHex(from)) put({ hex: from.text, ...at })
	return query.toString()
}

const isShortHex = ({ text: pasted, keys, topic }: Extract<SourceGiven, { text: string }>): boolean =>
	keys === undefined && topic === undefined && pasted.length <= MAX_DIGITS && /^[\dA-Fa-f]+$/.test(pasted)

/** What an address wants: a profile ('' for none), its telegrams, and which of them; `probe`: the telegrams are what a search for a meter has heard. */
export type Wanted = { name: string; source: SourceGiven | undefined; telegram: number | undefined; probe?: string }

/** Reads what an address of the workbench wants to be shown. */
export function wantedBy({ parts, query }: Route): Wanted {
	const [, given = NO_PROFILE] = parts
	const profile = given === NO_PROFILE ? '' : given
	const [meter, id, sample, hex] = ['meter', 'id', 'sample', 'hex'].map((key) => query.get(key) ?? undefined)
	const n = Number(query.get('telegram') ?? Number.NaN)
	const probe = query.get('probe')
	return {
		name: profile,
		source:
			meter !== undefined
				? { meter, ...(id !== undefined && { id }) }
				: sample !== undefined
					? { profile: query.get('of') ?? profile, sample }
					: hex !== undefined
						? { text: hex.replace(/\s/g, '') }
						: undefined,
		telegram: Number.isInteger(n) && n >= 0 ? n : undefined,
		...(probe !== null && { probe }),
	}
}

/** Shows what an address wants; a profile that is open already stays as it is edited. What there is none of stands in `failure`. */
export async function goWhere({ name: profile, source: given, telegram: n, probe }: Wanted): Promise<void> {
	following.value = !(given && 'meter' in given && given.id !== undefined)
	let from = given
	opening.value = true
	try {
		if (probe !== undefined) from = await heardBy(probe)
		if (profile !== '' && profile !== name.value) {
			await openProfile(profile, from, n)
			return
		}
		if (profile === '' && name.value !== '') close()
		setSource(from ?? (profile === '' ? undefined : source.value), n)
	} catch (reason) {
		close()
		batch(() => {
			source.value = from
			failure.value = reason
		})
	} finally {
		opening.value = false
	}
}

/** Gets what a search for a meter has heard. Throws where the search is over and forgotten. */
async function heardBy(probe: string): Promise<SourceGiven> {
	const text = await callText(`setup/probes/${encodeURIComponent(probe)}/recording`)
	searched = { probe, text }
	return { text, name: say('panes.heard'), ...(search.value?.id === probe && keys.value.encryption && { keys: keys.value }) }
}
