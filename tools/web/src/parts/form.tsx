import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { problemOf } from '../failure.ts'
import { say } from '../words/words.ts'
import { ProblemNote } from './problems.tsx'

type FieldProps = {
	label: string
	value: string
	onInput(value: string): void
	hint?: string | undefined
	fault?: string | undefined
	type?: 'text' | 'password' | 'number' | 'search' | 'url'
	mono?: boolean
	required?: boolean
	placeholder?: string
	autocomplete?: string
	inputMode?: 'numeric' | 'text' | 'url'
	maxLength?: number
	children?: ComponentChildren
}

/** A labelled input with a hint, or what is wrong with it. */
export function Field({ label, value, onInput, hint, fault, mono, children, type = 'text', autocomplete = 'off', ...rest }: FieldProps) {
	const id = useId()
	const said = fault ?? hint
	return (
		<div class="field">
			<label for={id}>{label}</label>
			<div class="field-row">
				<input
					id={id}
					// Each type has a shape of its own for the compiler.
					type={type as 'text'}
					class={mono ? 'mono' : undefined}
					value={value}
					autocomplete={autocomplete}
					autocapitalize="off"
					spellcheck={false}
					aria-invalid={fault !== undefined}
					aria-describedby={said === undefined ? undefined : `${id}-hint`}
					onInput={(event) => onInput(event.currentTarget.value)}
					{...rest}
				/>
				{children}
			</div>
			{said !== undefined && (
				<p id={`${id}-hint`} class={fault === undefined ? 'hint' : 'hint fault'}>
					{said}
				</p>
			)}
		</div>
	)
}

/** A password or key, hidden until its button shows it. */
export function Secret(props: Omit<FieldProps, 'type' | 'children'>) {
	const seen = useSignal(false)
	return (
		<Field {...props} type={seen.value ? 'text' : 'password'}>
			<button type="button" class="quiet" aria-pressed={seen.value} onClick={() => (seen.value = !seen.value)}>
				{say(seen.value ? 'form.hide' : 'form.show')}
			</button>
		</Field>
	)
}

/** Names the account to password managers: there is one, and nobody types it. */
export function AccountName() {
	return (
		<input
			class="hidden-text"
			type="text"
			name="username"
			autocomplete="username"
			value="cii2mqtt"
			tabIndex={-1}
			aria-hidden="true"
			readOnly
		/>
	)
}

type Option<Value> = { value: Value; label: string; hint?: string | undefined; disabled?: boolean; more?: ComponentChildren }

/** One of several, each with room for a hint: radio buttons as cards. */
export function Cards<Value extends string>({
	legend,
	name,
	value,
	options,
	onPick,
}: {
	legend: string
	name: string
	value: Value | undefined
	options: Option<Value>[]
	onPick(value: Value): void
}) {
	return (
		<fieldset class="cards">
			<legend class="hidden-text">{legend}</legend>
			{options.map((option) => (
				<label key={option.value} class="option">
					<input
						type="radio"
						name={name}
						value={option.value}
						checked={option.value === value}
						disabled={option.disabled}
						onChange={() => onPick(option.value)}
					/>
					<span class="option-body">
						<span class="option-title">{option.label}</span>
						{option.hint !== undefined && <span class="hint">{option.hint}</span>}
						{option.more}
					</span>
				</label>
			))}
		</fieldset>
	)
}

/** One of few, as one control. */
export function Choice<Value extends string>({
	legend,
	name,
	value,
	options,
	onPick,
}: {
	legend: string
	name: string
	value: Value
	options: [value: Value, label: string][]
	onPick(value: Value): void
}) {
	return (
		<fieldset class="choice">
			<legend class="hidden-text">{legend}</legend>
			{options.map(([one, label]) => (
				<label key={one}>
					<input type="radio" name={name} value={one} checked={one === value} onChange={() => onPick(one)} />
					{label}
				</label>
			))}
		</fieldset>
	)
}

/** A switch with a title and what it does. */
export function Switch({
	label,
	hint,
	checked,
	disabled,
	onChange,
	children,
}: {
	label: string
	hint?: string | undefined
	checked: boolean
	disabled?: boolean
	onChange(checked: boolean): void
	children?: ComponentChildren
}) {
	const id = useId()
	return (
		<label class="switch" for={id}>
			<span class="switch-text">
				<span class="switch-title" id={`${id}-title`}>
					{label}
				</span>
				{hint !== undefined && (
					<span class="hint" id={`${id}-hint`}>
						{hint}
					</span>
				)}
				{children}
			</span>
			<input
				id={id}
				type="checkbox"
				role="switch"
				aria-checked={checked}
				checked={checked}
				disabled={disabled}
				aria-labelledby={`${id}-title`}
				aria-describedby={hint === undefined ? undefined : `${id}-hint`}
				onChange={(event) => onChange(event.currentTarget.checked)}
			/>
		</label>
	)
}

/** Says in words why a request failed; nothing where it did not. */
export function Failure({ error }: { error: unknown }) {
	return (
		<div role="alert">
			{error !== undefined && (
				<div class="failure">
					<ProblemNote problem={problemOf(error)} />
				</div>
			)}
		</div>
	)
}

/** A form that is sent by its button or the return key, and not twice at a time. */
export function Form({ onSubmit, children, ...rest }: { onSubmit(): void; children: ComponentChildren; class?: string }) {
	return (
		<form
			{...rest}
			noValidate
			onSubmit={(event) => {
				event.preventDefault()
				onSubmit()
			}}
		>
			{children}
		</form>
	)
}
