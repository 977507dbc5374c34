import { signal } from '@preact/signals'
import { keep, kept } from '../kept.ts'
import type { words as english } from './en.ts'

export type Language = 'de' | 'fr' | 'it' | 'en'
export type Words = Record<keyof typeof english, string>
export type Key = keyof Words

/** The languages by their own names. */
export const LANGUAGES: Record<Language, string> = { de: 'Deutsch', fr: 'Français', it: 'Italiano', en: 'English' }

const LOAD: Record<Language, () => Promise<{ words: Words }>> = {
	de: () => import('./de.ts'),
	fr: () => import('./fr.ts'),
	it: () => import('./it.ts'),
	en: () => import('./en.ts'),
}

export const language = signal<Language>('en')
const words = signal<Partial<Words>>({})

const isLanguage = (tag: string): tag is Language => tag in LANGUAGES

/** Speaks the language that was chosen before, or the browser's first that we have. */
export async function firstLanguage(): Promise<void> {
	const wanted = [kept('language') ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2)).find(isLanguage)
	await speak(wanted ?? 'en')
}

/** Speaks a language from now on, and remembers that where it was chosen. */
export async function speak(next: Language, { chosen = false } = {}): Promise<void> {
	const loaded = await LOAD[next]()
	language.value = next
	words.value = loaded.words
	document.documentElement.lang = next
	if (chosen) keep('language', next)
}

/** Says a text in the page's language; `{name}` is filled in. */
export function say(key: Key, parts: Record<string, string | number> = {}): string {
	return (words.value[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(parts[name] ?? whole))
}

/** Says the text of a key that may not exist: a code of the server, a medium. Nothing where a part of the text was not sent. */
export function sayIf(key: string, parts: Record<string, string | number> = {}): string | undefined {
	if (!(key in words.value)) return undefined
	const wanted = [...(words.value[key as Key] ?? '').matchAll(/\{(\w+)\}/g)]
	return wanted.every(([, name = '']) => name in parts) ? say(key as Key, parts) : undefined
}
