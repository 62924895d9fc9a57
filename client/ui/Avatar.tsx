import { initials, signOf } from './names.ts'

/** The sign of an author: a pebble in a colour and shape of their own, with initials. The name stands beside it. */
export function Avatar({ id, name }: { id: string; name: string }) {
  const { colour, shape } = signOf(id)
  return (
    <span class={`avatar colour-${colour} shape-${shape}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
