import '../style/form.css'
import '../style/telegram.css'
import '../style/kind.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { MeterKind, ProfileList } from '../api/types.ts'
import { KindArticle } from '../catalog/kind.tsx'
import { KindSearch } from '../catalog/kind-search.tsx'
import type { KindEntry } from '../catalog/search.ts'
import { mayChange } from '../live.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { href, route } from '../router.ts'
import { PLACES } from '../routes.ts'
import { language, say } from '../words/words.ts'

/** Kinds of meters and adapters: all of them, `#/kind`, or one, `#/kind/NAME`. */
export function KindView() {
	const [, ...parts] = route.value.parts
	const name = parts.join('/')
	return <div class="kind-page">{name === '' ? <AllKinds /> : <OneKind key={name} name={name} />}</div>
}

function AllKinds() {
	const kinds = useSignal<KindEntry[] | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	useEffect(() => {
		const stop = new AbortController()
		call<ProfileList>('profiles', { signal: stop.signal }).then(
			(answer) => {
				kinds.value = answer.profiles
			},
			(reason: unknown) => {
				if (!stop.signal.aborted) error.value = reason
			},
		)
		return () => stop.abort()
	}, [])
	return (
		<>
			<header class="kind-head">
				<h1>{say('kind.title')}</h1>
				<p class="lead">{say('kind.lead')}</p>
			</header>
			<Failure error={error.value} />
			{kinds.value ? <KindSearch kinds={kinds.value} /> : error.value === undefined && <p class="faint">{say('app.loading')}</p>}
		</>
	)
}

function OneKind({ name }: { name: string }) {
	const kind = useSignal<MeterKind | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	useEffect(() => {
		const stop = new AbortController()
		call<MeterKind>(`profiles/${encodeURIComponent(name)}`, { signal: stop.signal }).then(
			(answer) => {
				kind.value = answer
			},
			(reason: unknown) => {
				if (!stop.signal.aborted) error.value = reason
			},
		)
		return () => stop.abort()
	}, [])
	return (
		<>
			<a class="backward" href={href('kind')}>
				<Icon name="left" size={20} />
				{say('kind.all')}
			</a>
			<Failure error={error.value} />
			{kind.value ? (
				<KindArticle
					key={language.value}
					kind={kind.value}
					links={{
						kind: (other) => href('kind', other),
						address,
						actions: <Actions kind={kind.value} />,
						copy: <Copy text={kind.value.config ?? ''} />,
					}}
				/>
			) : (
				error.value === undefined && <p class="faint">{say('app.loading')}</p>
			)}
		</>
	)
}

/** READMEs name each other by their folder, which has the profile's name; other files are not in the page. */
function address(target: string): string | undefined {
	const [, name] = /^\.\.\/([a-z0-9-]+)(?:\/|\/README\.md)?(?:#.*)?$/.exec(target) ?? []
	return name === undefined ? undefined : href('kind', name)
}

function Actions({ kind: { name } }: { kind: MeterKind }) {
	if (!mayChange()) return null
	return (
		<nav class="kind-actions" aria-label={say('kind.actions')}>
			<a class="button main" href={href('setup')}>
				{say('kind.setup')}
			</a>
			{'workbench' in PLACES && (
				<a class="button" href={href('workbench', name)}>
					{say('kind.workbench')}
				</a>
			)}
		</nav>
	)
}

function Copy({ text }: { text: string }) {
	const done = useSignal(false)
	if (!('clipboard' in navigator)) return null
	const copy = (): void => {
		navigator.clipboard.writeText(text).then(
			() => {
				done.value = true
			},
			() => undefined,
		)
	}
	return (
		<p class="copy">
			<button type="button" onClick={copy}>
				{say('kind.copy')}
			</button>
			<span role="status" class="good">
				{done.value && say('kind.copied')}
			</span>
		</p>
	)
}
