import '../style/kind.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ProfileEntry, ProfileList } from '../api/types.ts'
import { KindSearch } from '../catalog/kind-search.tsx'
import { Failure } from '../parts/form.tsx'
import { say } from '../words/words.ts'

/** All profiles, one's own first: what each reads, and whether it runs as it is written. */
export function ProfilesSettings() {
	const profiles = useSignal<ProfileEntry[] | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	useEffect(() => {
		const stop = new AbortController()
		call<ProfileList>('profiles', { signal: stop.signal }).then(
			(answer) => {
				profiles.value = answer.profiles
			},
			(reason: unknown) => {
				if (!stop.signal.aborted) error.value = reason
			},
		)
		return () => stop.abort()
	}, [])
	return (
		<div class="settings-profiles">
			<Failure error={error.value} />
			<p class="lead">{say('kind.lead')}</p>
			{profiles.value && <KindSearch kinds={ownFirst(profiles.value)} />}
		</div>
	)
}

const ownFirst = (all: ProfileEntry[]): ProfileEntry[] => [
	...all.filter(({ source }) => source === 'own'),
	...all.filter(({ source }) => source !== 'own'),
]
