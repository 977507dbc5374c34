import { href } from '../router.ts'

/** The name in an address that stands for no profile. */
export const NO_PROFILE = '-'

/** Gives the address of a view of the workbench: `profile` '' for none. */
export const benchHref = (profile: string, query: Record<string, string> = {}): string => {
	const text = new URLSearchParams(query).toString()
	return `${href('workbench', profile || NO_PROFILE)}${text === '' ? '' : `?${text}`}`
}

/** The name of a profile as addresses have it: a meter's is `NAME@VERSION`. */
export const profileName = (label: string): string => label.split('@', 1)[0] ?? ''
