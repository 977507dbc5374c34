import { signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

export type Theme = 'system' | 'light' | 'dark'

const first = kept('theme')
export const theme = signal<Theme>(first === 'light' || first === 'dark' ? first : 'system')
const system = matchMedia('(prefers-color-scheme: dark)')
/** Whether the page is dark now; charts draw again when it changes. */
export const dark = signal(system.matches)

/** Shows the page light, dark or as the system is, and remembers that. */
export function setTheme(next: Theme): void {
	theme.value = next
	keep('theme', next === 'system' ? undefined : next)
	apply()
}

function apply(): void {
	dark.value = theme.value === 'dark' || (theme.value === 'system' && system.matches)
	document.documentElement.dataset.theme = dark.value ? 'dark' : 'light'
	document.querySelector('meta[name=theme-color]')?.setAttribute('content', dark.value ? '#0f1115' : '#f7f6f2')
}

system.addEventListener('change', apply)
apply()

/** Gives the colour of a CSS custom property as it is now. */
export const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
