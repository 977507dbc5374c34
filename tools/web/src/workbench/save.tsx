import '../style/bench.css'
import { effect, signal, untracked } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Finding } from '../api/types.ts'
import { when } from '../format.ts'
import { titleOf } from '../live.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { href, route } from '../router.ts'
import { say } from '../words/words.ts'
import { Differences } from './differences.tsx'
import { forgetDraft } from './drafts.ts'
import { isNew, isUnsaved, keepText, resumed, saveProfile, theirs, verdict } from './file.ts'
import { left } from './left.ts'
import { answer, change, name, opened, text } from './state.ts'
import { Zip } from './zip.tsx'

/** Milliseconds after the last keystroke until the draft is kept. */
const PAUSE = 400

/** The last saving: whether it runs, and what it failed with. */
const busy = signal(false)
const fault = signal<unknown>(undefined)
/** The profile whose way to a contribution is shown. */
const offered = signal('')

async function save(): Promise<void> {
	if (busy.value || theirs.value !== undefined || !isUnsaved.value) return
	busy.value = true
	fault.value = undefined
	try {
		await saveProfile()
	} catch (reason) {
		fault.value = reason
	}
	busy.value = false
}

/** Whether the profile is saved, and how to: with the ways back, and the way to a contribution. `SaveNotes` says what came of it. */
export function SaveBar() {
	useGuard()
	useSaveKey()
	const { value: profile } = opened
	if (!profile) return null
	const { lastGood } = profile
	return (
		<section class="bench-save" aria-label={say('bench.save.title')}>
			<span class={`bench-state${isUnsaved.value ? ' is-unsaved' : ''}`} role="status">
				{stateText()}
			</span>
			<div class="actions">
				{lastGood && lastGood.text !== text.value && (
					<button
						type="button"
						class="quiet"
						title={say('bench.revert.hint', { time: when(Date.parse(lastGood.at)) })}
						onClick={() => change(lastGood.text, say('bench.revert'))}
					>
						{say('bench.revert')}
					</button>
				)}
				{isUnsaved.value && !isNew(profile) && (
					<button type="button" class="quiet" onClick={discard}>
						{say('bench.discard')}
					</button>
				)}
				<button
					type="button"
					class="quiet"
					aria-expanded={offered.value === name.value}
					onClick={() => (offered.value = offered.value === name.value ? '' : name.value)}
				>
					{say('bench.zip')}
				</button>
				<button
					type="button"
					class="main"
					disabled={!isUnsaved.value || busy.value || theirs.value !== undefined}
					aria-keyshortcuts="Control+S"
					onClick={() => void save()}
				>
					{say(busy.value ? 'form.busy' : 'bench.save')}
				</button>
			</div>
		</section>
	)
}

/** What came of saving and opening, what others have saved meanwhile, and the way to a contribution. */
export function SaveNotes() {
	const { value: profile } = opened
	if (!profile) return null
	const errors = answer.value?.findings.filter(({ severity }) => severity === 'error').length ?? 0
	return (
		<div class="bench-notes-row">
			{isUnsaved.value && errors > 0 && profile.usedBy?.length ? <p class="hint">{say('bench.save.wrong', { count: errors })}</p> : null}
			{resumed.value !== undefined && isUnsaved.value && <p class="hint">{say('bench.resumed', { time: when(resumed.value) })}</p>}
			<Failure error={fault.value} />
			<Verdict />
			<Differences />
			{offered.value === name.value && <Zip />}
		</div>
	)
}

/** Goes back to the text of the file; it can be taken back itself. */
function discard(): void {
	const { value: file } = opened
	if (!file) return
	change(file.text, say('bench.discard'))
	resumed.value = undefined
	forgetDraft(file.name)
}

/** Says in one line how the text stands to the file. */
function stateText(): string {
	const { value: file } = opened
	if (!file) return ''
	if (theirs.value) return say('bench.state.other')
	if (isNew(file)) return say('bench.state.new')
	if (isUnsaved.value) return say(file.own ? 'bench.state.unsaved' : 'bench.state.copy')
	if (!file.own) return say('bench.state.shipped')
	if (file.status === 'rejected') return say('bench.state.rejected')
	return say(file.usedBy?.length ? 'bench.state.saved' : 'bench.state.unused', { meters: metersText(file.usedBy) })
}

const metersText = (meters: readonly string[] = []): string => meters.map(titleOf).join(', ')

/** What came of saving: which meters run with it, why they do not, or how to use it. */
function Verdict() {
	const { value: saved } = verdict
	const { value: file } = opened
	const at = useRef<HTMLDivElement>(null)
	useEffect(() => {
		if (saved) at.current?.scrollIntoView({ block: 'nearest' })
	}, [saved])
	const meters = metersText(file?.usedBy)
	return (
		<div role="alert" ref={at}>
			{saved && file && !isUnsaved.value && (
				<div class={`bench-verdict is-${saved.status}`}>
					<Icon name={saved.status === 'rejected' ? 'warning' : 'check'} size={20} />
					<div>
						<p>
							<strong>{say(`bench.saved.${saved.status}`, { meters })}</strong>
						</p>
						{saved.status === 'rejected' && (
							<p>{say(file.usedBy?.length ? 'bench.saved.rejected.hint' : 'bench.saved.rejected.new', { meters })}</p>
						)}
						{saved.status === 'unused' && (
							<>
								<p>{say('bench.saved.unused.hint', { name: file.name })}</p>
								<p class="actions">
									<a class="button" href={href('setup')}>
										{say('bench.saved.setup')}
									</a>
									<a class="button quiet" href={href('settings', 'meters')}>
										{say('bench.saved.meters')}
									</a>
								</p>
							</>
						)}
						<Errors errors={saved.errors} />
						<p class="hint mono file">{saved.file}</p>
						{saved.configured && <p class="hint">{say('bench.saved.configured')}</p>}
					</div>
				</div>
			)}
		</div>
	)
}

/** Errors that stand here: all of them stand below the profile as well. */
const MOST_ERRORS = 2

function Errors({ errors }: { errors: Finding[] }) {
	if (errors.length === 0) return null
	return (
		<>
			<ul class="bench-errors">
				{errors.slice(0, MOST_ERRORS).map((finding) => (
					<li key={`${finding.line}:${finding.column} ${finding.message}`}>
						<span class="mono">{`${finding.line}:${finding.column}`}</span>
						<span>
							{finding.message}
							{finding.hint !== undefined && <span class="hint">{finding.hint}</span>}
						</span>
					</li>
				))}
			</ul>
			{errors.length > MOST_ERRORS && <p class="hint">{say('bench.saved.more', { count: errors.length - MOST_ERRORS })}</p>}
		</>
	)
}

/** Keeps what is typed as a draft, and asks before the page is left with a text that no draft holds. */
function useGuard(): void {
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined
		const stop = effect(() => {
			// Read, so that a change of any of them counts.
			void [text.value, name.value, opened.value?.etag]
			if (verdict.peek() && isUnsaved.value) verdict.value = undefined
			clearTimeout(timer)
			timer = setTimeout(keepText, PAUSE)
		})
		const leave = (event: BeforeUnloadEvent): void => {
			keepText()
			if (isUnsaved.value) event.preventDefault()
		}
		addEventListener('beforeunload', leave)
		addEventListener('pagehide', keepText)
		const stopRoute = effect(() => {
			// Another place of the page: the draft is kept before this view forgets it, and the page says that it is not saved.
			const [place, profile] = route.value.parts
			keepText()
			untracked(() => {
				if (place !== 'workbench' && isUnsaved.value) left.value = name.value
				else if (profile === left.value) left.value = undefined
			})
		})
		return () => {
			clearTimeout(timer)
			fault.value = undefined
			offered.value = ''
			stop()
			stopRoute()
			keepText()
			removeEventListener('beforeunload', leave)
			removeEventListener('pagehide', keepText)
		}
	}, [])
}

/** Ctrl+S saves. */
function useSaveKey(): void {
	useEffect(() => {
		const pressed = (event: KeyboardEvent): void => {
			if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's' || event.shiftKey || event.altKey) return
			event.preventDefault()
			void save()
		}
		addEventListener('keydown', pressed)
		return () => removeEventListener('keydown', pressed)
	}, [])
}
