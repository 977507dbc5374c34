import type { ComponentType } from 'preact'
import { mayChange } from './live.ts'
import type { IconName } from './parts/icon.tsx'
import type { Key } from './words/words.ts'

/** A place of the page: `#/name/…`. Loaded when it is first gone to. */
export type Place = {
	/** In the navigation, with this word and icon; places without are reached from others. */
	tab?: { word: Key; icon: IconName }
	/** For those only who may change things. */
	change?: boolean
	/** Also shown to those who have not signed in. */
	open?: boolean
	load(): Promise<ComponentType>
}

/** All places by the first part of their address, in the order of the tabs; nothing is inherited, as an address may have any word in it. */
export const PLACES = Object.assign<object, Record<string, Place>>(Object.create(null), {
	now: { tab: { word: 'tab.now', icon: 'now' }, load: async () => (await import('./views/now.tsx')).Now },
	history: { tab: { word: 'tab.history', icon: 'history' }, load: async () => (await import('./views/history.tsx')).HistoryView },
	setup: { tab: { word: 'tab.setup', icon: 'setup' }, change: true, load: async () => (await import('./views/setup.tsx')).Setup },
	log: { tab: { word: 'tab.log', icon: 'log' }, change: true, load: async () => (await import('./views/log.tsx')).Log },
	settings: { tab: { word: 'tab.settings', icon: 'settings' }, load: async () => (await import('./views/settings.tsx')).Settings },
	meter: { load: async () => (await import('./views/meter.tsx')).MeterPage },
	telegram: { change: true, load: async () => (await import('./views/telegram.tsx')).Telegrams },
	workbench: { change: true, load: async () => (await import('./views/workbench.tsx')).Workbench },
	signin: { open: true, load: async () => (await import('./views/signin.tsx')).SignIn },
})

/** The tabs that a visitor sees. */
export const tabs = () =>
	Object.entries(PLACES).flatMap(([name, { tab, change }]) => (tab && (!change || mayChange()) ? [{ name, ...tab }] : []))
