import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { ConfigChange, ConfigText, Finding } from '../api/flows.ts'
import { findingsOf } from '../failure.ts'
import { Failure } from '../parts/form.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'

const withLf = (text: string): string => text.replaceAll('\r\n', '\n')

type Conflict = { text: string; etag: string }

/** The config as a text: what is wrong stands at its line; when somebody else has changed it meanwhile, both texts are shown. */
export function ConfigSettings() {
	const task = useTask()
	const text = useSignal('')
	/** The line end of the file: a text area knows line feeds only. */
	const ends = useSignal('\n')
	const saved = useSignal<ConfigText | undefined>(undefined)
	const findings = useSignal<Finding[]>([])
	const conflict = useSignal<Conflict | undefined>(undefined)
	const done = useSignal<'config.saved' | 'set.changed.later' | undefined>(undefined)
	const area = useRef<HTMLTextAreaElement>(null)
	const load = (): void =>
		void task.run(async () => {
			const answer = await call<ConfigText>('config')
			saved.value = { ...answer, text: withLf(answer.text) }
			ends.value = answer.text.includes('\r\n') ? '\r\n' : '\n'
			text.value = withLf(answer.text)
			findings.value = answer.findings
			conflict.value = undefined
		})
	useEffect(load, [])
	const send = (etag: string): void => {
		done.value = undefined
		void task
			.run(async () => {
				const sent = text.value
				const body = { text: sent.replaceAll('\n', ends.value) }
				const change = await call<ConfigChange>('config', { method: 'PUT', body, headers: { 'if-match': etag } })
				findings.value = []
				conflict.value = undefined
				saved.value = { ...(saved.value as ConfigText), ...change, text: sent, exists: true }
				done.value = change.applied ? 'config.saved' : 'set.changed.later'
			})
			.then((well) => {
				if (well) return
				findings.value = findingsOf(task.error.value)
				conflict.value = conflictOf(task.error.value)
				if (conflict.value) task.error.value = undefined
			})
	}
	const undo = (): void => {
		const headers = { 'if-match': saved.value?.etag ?? '*' }
		void task.run(() => call<ConfigChange>('config/undo', { method: 'POST', headers })).then((well) => well && load())
	}
	const show = ({ line, column }: Finding): void => {
		const { current } = area
		if (!current) return
		const lines = text.value.split('\n')
		const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
		current.focus()
		current.setSelectionRange(at, at)
		current.scrollTop = Math.max(0, (line - 6) * 22)
	}
	const changed = text.value !== saved.value?.text
	return (
		<section class="card config">
			<h2>{say('config.title')}</h2>
			<p class="lead">{say('config.lead')}</p>
			{saved.value?.file !== undefined && <p class="faint small mono file">{saved.value.file}</p>}
			<Editor area={area} text={text.value} findings={findings.value} onInput={(next) => (text.value = next)} />
			<Findings findings={findings.value} onShow={show} />
			{findings.value.length === 0 && <Failure error={task.error.value} />}
			{conflict.value && (
				<ConflictNote
					theirs={conflict.value.text}
					onTake={() => {
						const { value } = conflict
						if (!value) return
						text.value = value.text
						if (saved.value) saved.value = { ...saved.value, ...value }
						conflict.value = undefined
					}}
					onKeep={() => send(conflict.value?.etag ?? '')}
				/>
			)}
			<div class="actions">
				<button
					type="button"
					class="main"
					disabled={!changed || task.busy.value || conflict.value !== undefined}
					onClick={() => send(saved.value?.etag ?? '')}
				>
					{say(task.busy.value ? 'form.busy' : 'config.save')}
				</button>
				<button type="button" class="quiet" disabled={!changed || task.busy.value} onClick={() => (text.value = saved.value?.text ?? '')}>
					{say('config.discard')}
				</button>
				<span role="status" class="good">
					{done.value && !changed && say(done.value)}
				</span>
				{saved.value?.undo !== undefined && !changed && (
					<button type="button" class="quiet end" disabled={task.busy.value} onClick={undo}>
						{say('config.undo', { change: saved.value.undo })}
					</button>
				)}
			</div>
		</section>
	)
}

/** The text that somebody else has written meanwhile. */
function conflictOf(error: unknown): Conflict | undefined {
	if (!(error instanceof Refused) || error.status !== 412) return undefined
	const { body } = error
	const inner = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
	if (typeof inner !== 'object' || inner === null || !('text' in inner) || typeof inner.text !== 'string') return undefined
	return { text: withLf(inner.text), etag: 'etag' in inner && typeof inner.etag === 'string' ? inner.etag : '' }
}

type EditorProps = { area: { current: HTMLTextAreaElement | null }; text: string; findings: Finding[]; onInput(text: string): void }

/** A text with the numbers of its lines; those with a finding stand out. */
function Editor({ area, text, findings, onInput }: EditorProps) {
	const gutter = useRef<HTMLPreElement>(null)
	const wrong = new Set(findings.map(({ line }) => line))
	const lines = text.split('\n').length
	return (
		<div class="editor">
			<pre ref={gutter} class="gutter" aria-hidden="true">
				{Array.from({ length: lines }, (_, place) => (
					<span key={place} class={wrong.has(place + 1) ? 'wrong' : undefined}>{`${place + 1}\n`}</span>
				))}
			</pre>
			<textarea
				ref={area}
				class="mono"
				aria-label={say('config.title')}
				aria-invalid={wrong.size > 0}
				value={text}
				rows={24}
				spellcheck={false}
				autocapitalize="off"
				autocomplete="off"
				wrap="off"
				onInput={(event) => onInput(event.currentTarget.value)}
				onScroll={(event) => {
					if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
				}}
			/>
		</div>
	)
}

function Findings({ findings, onShow }: { findings: Finding[]; onShow(finding: Finding): void }) {
	return (
		<div role="alert">
			{findings.length > 0 && (
				<ul class="findings">
					{findings.map((finding) => (
						<li key={`${finding.line}:${finding.column} ${finding.message}`} class={finding.severity}>
							<button type="button" class="quiet" onClick={() => onShow(finding)}>
								{say('config.line', { line: finding.line, column: finding.column })}
							</button>
							<div>
								<p>{finding.message}</p>
								{finding.hint !== undefined && <p class="hint">{finding.hint}</p>}
							</div>
						</li>
					))}
				</ul>
			)}
		</div>
	)
}

/** Somebody else was faster: their text beside ours. */
function ConflictNote({ theirs, onTake, onKeep }: { theirs: string; onTake(): void; onKeep(): void }) {
	return (
		<div class="failure conflict" role="alert">
			<p>
				<strong>{say('config.conflict')}</strong>
			</p>
			<p>{say('config.conflict.lead')}</p>
			<label class="field">
				<span class="field-label">{say('config.theirs')}</span>
				<textarea class="mono" readOnly rows={12} wrap="off" value={theirs} />
			</label>
			<div class="actions">
				<button type="button" onClick={onTake}>
					{say('config.take')}
				</button>
				<button type="button" class="danger" onClick={onKeep}>
					{say('config.keep')}
				</button>
			</div>
		</div>
	)
}
