/** Names for people and rooms: picked for newcomers, and cleaned when they come from elsewhere. */
import { type Bytes, randomBytes } from '../crypto/bytes.ts'
import { withoutInvisible } from '../net/room-url.ts'

/** The longest name of a person, in UTF-16 units. */
export const MAX_NAME = 40

const list = (words: string): readonly string[] => words.split(' ')

const ADJECTIVES = list(
  'Able Amber Ample Azure Bold Brave Bright Brisk Calm Candid Cheery Clever Coastal Cosy Crisp Curious Daring Dapper Deft Eager Early ' +
    'Easy Fair Fleet Fond Frank Free Gentle Glad Golden Grand Happy Hardy Hazel Hearty Honest Humble Ivory Jolly Keen Kind Lively ' +
    'Loyal Lucky Mellow Merry Mild Misty Modest Neat Nimble Noble Open Patient Plucky Polite Proud Quick Quiet Ready Rosy Royal ' +
    'Scarlet Serene Sharp Shy Silver Smart Snug Solid Spry Steady Sunny Swift Tidy Trusty Upbeat Vivid Warm Wise Witty Zesty',
)
const ANIMALS = list(
  'Alpaca Badger Bison Bobcat Camel Caribou Cheetah Chickadee Condor Coyote Crane Cricket Curlew Deer Dolphin Dove Eagle ' +
    'Egret Elk Falcon Ferret Finch Firefly Fox Gazelle Gecko Gibbon Goose Grouse Gull Hare Hawk Hedgehog Heron Hoopoe Ibex Ibis ' +
    'Jackdaw Jaguar Kestrel Kingfisher Kiwi Koala Lark Lemur Leopard Lizard Llama Lynx Magpie Manatee Marmot Marten Merlin ' +
    'Moose Narwhal Newt Ocelot Orca Oriole Osprey Otter Owl Panda Panther Pelican Penguin Plover Puffin Quail Raven Robin Salmon ' +
    'Seal Sparrow Starling Stork Swan Tapir Tern Thrush Tiger Toucan Turtle Walrus Wombat Wren Yak Zebra',
)
const PLACES = list(
  'arbour attic bakery balcony bay beach bridge brook cabin canyon castle cellar corner cottage cove dune farm fern field fjord ' +
    'forest fountain garden glade glen grove harbour hill hollow island kitchen lagoon lake lantern library lighthouse lodge lounge ' +
    'market meadow mill moor orchard parlour pavilion pier plaza pond porch prairie quay reef ridge river shore spring station ' +
    'studio summit terrace thicket tower valley veranda village vineyard willow workshop yard',
)

/** One of the words, each as likely as the others. */
function pick(words: readonly string[], random: (length: number) => Bytes): string {
  const [high = 0, low = 0] = random(2)
  return words[(high * 256 + low) % words.length] ?? ''
}

/** A name for a newcomer, such as "Quiet Otter". */
export const pickName = (random: (length: number) => Bytes = randomBytes): string =>
  `${pick(ADJECTIVES, random)} ${pick(ANIMALS, random)}`

/** A name for a new room, such as "amber-harbour". Not a secret: the key beside it is. */
export const pickRoomName = (random: (length: number) => Bytes = randomBytes): string =>
  `${pick(ADJECTIVES, random).toLowerCase()}-${pick(PLACES, random)}`

/**
 * A name as it can be shown: NFC, white space folded and trimmed, nothing in it that can't be seen. It may be empty, and it
 * may be longer than `MAX_NAME`.
 */
export function cleanName(text: string): string {
  let name = text.replace(/[^\S\ufeff]+/gu, ' ')
  let before: string
  // Without what stood between them letters may compose and marks change places, and a joiner stand alone.
  do {
    before = name
    name = withoutInvisible(name.normalize('NFC'))
  } while (name !== before)
  return name.replace(/ +/g, ' ').trim()
}
