import { batch } from '@preact/signals'
import { call } from '../api/client.ts'
import type { SourceGiven, WorkbenchProfile } from '../api/types.ts'
import { href, type Route } from '../router.ts'
import { NO_PROFILE } from './address.ts'
import { following } from './source-now.ts'
import { ask, close, failure, name, opened, source, telegram, text } from './state.ts'

/** Digits of pasted bytes that an address carries; longer ones are kept by nobody but the page. */
const MAX_DIGITS = 2000

/** Gives the address of what is shown now, which restores it: profile, source and telegram. */
export function addressOf(): string {
	const query = queryOf(source.value, telegram.value)
	if (name.value === '' && query === undefined) return href('workbench')
	return `${href('workbench', name.value || NO_PROFILE)}${query ? `?${query}` : ''}`
}

function queryOf(from: SourceGiven | undefined, n: number | undefined): string | undefined {
	if (from === undefined) return undefined
	const at = n === undefined ? {} : { telegram: String(n) }
	const query = new URLSearchParams()
	const put = (parts: Record<string, string>) => Object.entries(parts).forEach(([key, value]) => void query.set(key, value))
	if ('meter' in from) put({ meter: from.meter, ...(from.id !== undefined && !following.value && { id: from.id }) })
	else if ('sample' in from) put({ ...(from.profile !== name.value && { of: from.profile }), sample: from.sample, ...at })
	else if (isShortHex(from)) put({ hex: from.text, ...at })
	return query.toString()
}

const isShortHex = ({ text: pasted, keys, topic }: Extract<SourceGiven, { text: string }>): boolean =>
	keys === undefined && topic === undefined && pasted.length <= MAX_DIGITS && /^[\dA-Fa-f]+$/.test(pasted)

/** Reads what an address of the workbench wants to be shown. */
export function wantedBy({ parts, query }: Route): { name: string; source: SourceGiven | undefined; telegram: number | undefined } {
	const [, given = NO_PROFILE] = parts
	const profile = given === NO_PROFILE ? '' : given
	const [meter, id, sample, hex] = ['meter', 'id', 'sample', 'hex'].map((key) => query.get(key) ?? undefined)
	const n = Number(query.get('telegram') ?? Number.NaN)
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
	}
}

/** Shows what an address wants; a profile that is open already stays as it is edited. */
export async function goWhere(wanted: ReturnType<typeof wantedBy>): Promise<void> {
	const { source: from } = wanted
	batch(() => {
		source.value = from
		telegram.value = wanted.telegram
		following.value = !(from && 'meter' in from && from.id !== undefined)
	})
	if (wanted.name === name.value) return ask()
	await openProfile(wanted.name)
}

/** Opens a profile beside the telegrams that are shown; '' for none. What it is not found by stands in `failure`. */
export async function openProfile(wanted: string): Promise<void> {
	if (wanted === '') {
		take(undefined)
		return
	}
	const { value: from } = source
	const { value: n } = telegram
	try {
		const found = await call<WorkbenchProfile>(`workbench/profiles/${encodeURIComponent(wanted)}`)
		const [sample] = found.samples
		const first: SourceGiven | undefined = from ?? (sample === undefined ? undefined : { profile: found.name, sample })
		batch(() => {
			source.value = first
			telegram.value = n
			take(found)
		})
	} catch (reason) {
		close()
		batch(() => {
			source.value = from
			failure.value = reason
		})
	}
}

function take(found: WorkbenchProfile | undefined): void {
	batch(() => {
		opened.value = found
		name.value = found?.name ?? ''
		text.value = found?.text ?? ''
		failure.value = undefined
	})
	ask()
}
