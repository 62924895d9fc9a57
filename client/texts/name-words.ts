/** The words that names are picked from, for newcomers ("Quiet Otter") and for rooms ("amber-harbour"). */

const list = (words: string): readonly string[] => words.split(' ')

export const ADJECTIVES = list(
  'Able Amber Ample Azure Bold Brave Bright Brisk Calm Candid Cheery Clever Coastal Cosy Crisp Curious Daring Dapper Deft Eager Early ' +
    'Easy Fair Fleet Fond Frank Free Gentle Glad Golden Grand Happy Hardy Hazel Hearty Honest Humble Ivory Jolly Keen Kind Lively ' +
    'Loyal Lucky Mellow Merry Mild Misty Modest Neat Nimble Noble Open Patient Plucky Polite Proud Quick Quiet Ready Rosy Royal ' +
    'Scarlet Serene Sharp Shy Silver Smart Snug Solid Spry Steady Sunny Swift Tidy Trusty Upbeat Vivid Warm Wise Witty Zesty',
)
export const ANIMALS = list(
  'Alpaca Badger Bison Bobcat Camel Caribou Cheetah Chickadee Condor Coyote Crane Cricket Curlew Deer Dolphin Dove Eagle ' +
    'Egret Elk Falcon Ferret Finch Firefly Fox Gazelle Gecko Gibbon Goose Grouse Gull Hare Hawk Hedgehog Heron Hoopoe Ibex Ibis ' +
    'Jackdaw Jaguar Kestrel Kingfisher Kiwi Koala Lark Lemur Leopard Lizard Llama Lynx Magpie Manatee Marmot Marten Merlin ' +
    'Moose Narwhal Newt Ocelot Orca Oriole Osprey Otter Owl Panda Panther Pelican Penguin Plover Puffin Quail Raven Robin Salmon ' +
    'Seal Sparrow Starling Stork Swan Tapir Tern Thrush Tiger Toucan Turtle Walrus Wombat Wren Yak Zebra',
)
export const PLACES = list(
  'arbour attic bakery balcony bay beach bridge brook cabin canyon castle cellar corner cottage cove dune farm fern field fjord ' +
    'forest fountain garden glade glen grove harbour hill hollow island kitchen lagoon lake lantern library lighthouse lodge lounge ' +
    'market meadow mill moor orchard parlour pavilion pier plaza pond porch prairie quay reef ridge river shore spring station ' +
    'studio summit terrace thicket tower valley veranda village vineyard willow workshop yard',
)
