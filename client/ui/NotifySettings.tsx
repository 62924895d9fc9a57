import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { roomsWords } from '../texts/page/rooms-text.ts'
import { isRefused, turnOn } from './notifications.ts'
import { changeNotifySettings, notifySettings } from './notify-settings.ts'

/** Whether and how one is told of messages that one doesn't see come. */
export function NotifySettings() {
  const id = useId()
  const problem = useSignal('')
  const { on, sound, mentionsOnly } = notifySettings.value
  const toggle = async (input: HTMLInputElement) => {
    problem.value = ''
    if (!input.checked) changeNotifySettings({ on: false })
    else {
      const answer = await turnOn()
      if (answer === 'unsupported') problem.value = roomsWords.unsupported
      else if (answer !== 'granted') problem.value = roomsWords.blocked
    }
    // It shows what is so, whatever was asked for.
    input.checked = notifySettings.value.on
  }
  const choice = (label: string, checked: boolean, change: (checked: boolean) => void) => (
    <label class="choice">
      <input
        type="checkbox"
        checked={checked}
        disabled={!on}
        onInput={({ currentTarget }) => change(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
  return (
    <section class="dialog-part" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{roomsWords.notifications}</h3>
      <label class="choice">
        <input
          type="checkbox"
          checked={on}
          aria-describedby={`${id}-what`}
          onInput={({ currentTarget }) => void toggle(currentTarget)}
        />
        <span>{roomsWords.notify}</span>
      </label>
      <p id={`${id}-what`} class="hint">
        {roomsWords.notifyHint}
      </p>
      <p class="problem" role="alert">
        {problem.value || (isRefused.value ? roomsWords.unsupported : '')}
      </p>
      {choice(roomsWords.sound, sound, (checked) => changeNotifySettings({ sound: checked }))}
      {choice(roomsWords.mentionsOnly, mentionsOnly, (checked) => changeNotifySettings({ mentionsOnly: checked }))}
    </section>
  )
}
