import '../style/form.css'
import '../style/settings.css'
import { useEffect, useRef } from 'preact/hooks'
import { mayChange } from '../live.ts'
import { href, route } from '../router.ts'
import { ConfigSettings } from '../settings/config.tsx'
import { General } from '../settings/general.tsx'
import { MetersSettings } from '../settings/meters.tsx'
import { OutputsSettings } from '../settings/outputs.tsx'
import { Access } from '../settings/passwords.tsx'
import { ProfilesSettings } from '../settings/profiles.tsx'
import { say } from '../words/words.ts'

const PARTS = {
	general: General,
	meters: MetersSettings,
	profiles: ProfilesSettings,
	outputs: OutputsSettings,
	access: Access,
	config: ConfigSettings,
}
type Part = keyof typeof PARTS
const isPart = (name: string): name is Part => name in PARTS
const allParts = (): Part[] => Object.keys(PARTS).filter(isPart)

/** The settings, part by part; those who may only look have what their browser remembers. */
export function Settings() {
	const wanted = route.value.parts[1] ?? 'general'
	const current: Part = isPart(wanted) && mayChange() ? wanted : 'general'
	const Shown = PARTS[current]
	const nav = useRef<HTMLElement>(null)
	useEffect(() => {
		const tab = nav.current?.querySelector<HTMLElement>('[aria-current]')
		if (tab && nav.current) nav.current.scrollLeft = tab.offsetLeft - (nav.current.clientWidth - tab.clientWidth) / 2
	}, [current])
	return (
		<div class="settings">
			<h1>{say('tab.settings')}</h1>
			{mayChange() && (
				<nav ref={nav} class="subtabs" aria-label={say('tab.settings')}>
					{allParts().map((part) => (
						<a key={part} href={href('settings', part)} aria-current={part === current ? 'page' : undefined}>
							{say(`set.part.${part}`)}
						</a>
					))}
				</nav>
			)}
			<div class={`settings-part ${current}`} key={current}>
				<Shown />
			</div>
		</div>
	)
}
