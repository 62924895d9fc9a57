import type { DBSchema } from 'idb'

/** What was kept comes from a disk: it is `unknown` until it is checked. */
export interface Schema extends DBSchema {
  identity: { key: 'own'; value: unknown }
  profile: { key: 'own'; value: unknown }
  people: { key: string; value: unknown }
  /** By URL. */
  list: { key: string; value: unknown }
  /** By topic. */
  rooms: { key: string; value: unknown }
  /** By topic, chain, seq and side. */
  entries: { key: [string, string, number, number]; value: unknown }
  /** By topic and chain. */
  heard: { key: [string, string]; value: unknown }
}
