import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { ConfigChange, Keys, MeterChange } from '../api/flows.ts'
import type { MeterView } from '../api/types.ts'
import { allMeters, isOff, keepsHistory, titleOf } from '../live.ts'
import { Failure, Field, Form, Secret, Switch } from '../parts/form.tsx'
import { Problems } from '../parts/problems.tsx'
import { href } from '../router.ts'
import { keyDigits } from '../setup/flow.ts'
import { keyFault, keyHint } from '../setup/key.tsx'
import { fuseFault } from '../setup/name.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { Undo, undoable } from './undo.tsx'

/** All meters: what people call them, fuse, key; and their end. */
export function MetersSettings() {
	const meters = allMeters()
	return (
		<>
			<Undo />
			{meters.length === 0 && <p class="faint">{say('now.empty')}</p>}
			{meters.map((meter) => (
				<MeterCard key={meter.name} meter={meter} />
			))}
			<a class={meters.length === 0 ? 'button main' : 'button'} href={href('setup')}>
				{say(meters.length === 0 ? 'now.start' : 'set.add')}
			</a>
		</>
	)
}

function MeterCard({ meter }: { meter: MeterView }) {
	const open = useSignal(false)
	return (
		<section class="card meter-card">
			<header class="entry-head">
				<div>
					<h2>{titleOf(meter.name)}</h2>
					<p class="faint small">
						<span class="mono">{meter.name}</span> · <a href={href('kind', meter.profile.replace(/@.*$/, ''))}>{meter.profileTitle}</a>
					</p>
				</div>
				<span class={`badge ${meter.status}`}>{say(`status.${meter.status}`)}</span>
				<div class="entry-actions">
					<a class="button quiet" href={href('telegram', meter.name)}>
						{say('tel.title')}
					</a>
					<button type="button" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
						{say(open.value ? 'set.close' : 'set.edit')}
					</button>
				</div>
			</header>
			{meter.problems.length > 0 && <Problems problems={meter.problems} />}
			{open.value && <MeterForm meter={meter} />}
		</section>
	)
}

function MeterForm({ meter }: { meter: MeterView }) {
	const task = useTask()
	const title = useSignal(meter.title)
	const fuse = useSignal(meter.fuse === undefined ? '' : String(meter.fuse))
	const tried = useSignal(false)
	const done = useSignal(false)
	const encryption = useSignal('')
	const authentication = useSignal('')
	const enabled = useSignal(!isOff(meter))
	const faults = [fuseFault(fuse.value), keyFault(encryption.value), keyFault(authentication.value)]
	const save = (): void => {
		tried.value = true
		done.value = false
		if (faults.some((fault) => fault !== undefined)) return
		const keys: Keys = {
			...(encryption.value && { encryption: encryption.value }),
			...(authentication.value && { authentication: authentication.value }),
		}
		const change: MeterChange = {
			title: title.value.trim() || null,
			fuse: fuse.value === '' ? null : Number(fuse.value),
			enabled: enabled.value,
			...(Object.keys(keys).length > 0 && { keys }),
		}
		void task
			.run(async () => undoable(await call<ConfigChange>(`meters/${encodeURIComponent(meter.name)}`, { method: 'PUT', body: change })))
			.then((well) => {
				done.value = well
				if (well) encryption.value = authentication.value = ''
			})
	}
	return (
		<Form class="meter-form" onSubmit={save}>
			<Field label={say('name.label')} value={title.value} onInput={(text) => (title.value = text)} maxLength={80} />
			<Field
				label={say('name.fuse')}
				value={fuse.value}
				onInput={(text) => (fuse.value = text.trim().replace(',', '.'))}
				inputMode="numeric"
				hint={say('name.fuse.hint')}
				fault={tried.value ? faults[0] : undefined}
			/>
			<Switch label={say('set.enabled')} hint={say('set.enabled.hint')} checked={enabled.value} onChange={(on) => (enabled.value = on)} />
			<details class="own">
				<summary>{say('set.key')}</summary>
				<p class="hint">{say('set.key.hint')}</p>
				<Secret
					label={say('key.encryption')}
					value={encryption.value}
					onInput={(text) => (encryption.value = keyDigits(text))}
					hint={keyHint(encryption.value)}
					fault={tried.value || encryption.value.length > 31 ? faults[1] : undefined}
					mono
				/>
				<Secret
					label={say('key.authentication.optional')}
					value={authentication.value}
					onInput={(text) => (authentication.value = keyDigits(text))}
					hint={keyHint(authentication.value)}
					fault={tried.value || authentication.value.length > 31 ? faults[2] : undefined}
					mono
				/>
			</details>
			<Failure error={task.error.value} />
			<div class="actions">
				<button type="submit" class="main" disabled={task.busy.value}>
					{say(task.busy.value ? 'form.busy' : 'set.save')}
				</button>
				<span role="status" class="good">
					{done.value && say('set.saved')}
				</span>
				<Remove meter={meter} />
			</div>
		</Form>
	)
}

/** Asks once more before a meter goes, and whether its history goes, too. */
function Remove({ meter }: { meter: MeterView }) {
	const dialog = useRef<HTMLDialogElement>(null)
	const task = useTask()
	const history = useSignal(false)
	const open = useSignal(false)
	useEffect(() => {
		if (open.value) dialog.current?.showModal()
	}, [open.value])
	const remove = (): void => {
		const query = history.value ? '?history=1' : ''
		void task.run(async () => undoable(await call<ConfigChange>(`meters/${encodeURIComponent(meter.name)}${query}`, { method: 'DELETE' })))
	}
	return (
		<>
			<button type="button" class="danger end" onClick={() => (open.value = true)}>
				{say('set.remove')}
			</button>
			{open.value && (
				<dialog ref={dialog} class="dialog" aria-labelledby={`remove-${meter.name}`} onClose={() => (open.value = false)}>
					<h2 id={`remove-${meter.name}`}>{say('set.remove.title', { name: titleOf(meter.name) })}</h2>
					<p>{say('set.remove.lead')}</p>
					{keepsHistory.value && (
						<Switch
							label={say('set.remove.history')}
							hint={say('set.remove.history.hint')}
							checked={history.value}
							onChange={(on) => (history.value = on)}
						/>
					)}
					<Failure error={task.error.value} />
					<div class="actions">
						<button type="button" class="danger" disabled={task.busy.value} onClick={remove}>
							{say(history.value ? 'set.remove.both' : 'set.remove')}
						</button>
						<button type="button" class="quiet" onClick={() => dialog.current?.close()}>
							{say('form.cancel')}
						</button>
					</div>
				</dialog>
			)}
		</>
	)
}
