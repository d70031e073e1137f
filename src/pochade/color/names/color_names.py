"""color-names: thousands of names, playful rather than exact."""

from pochade.color.names import Vocabulary, register

register(
    Vocabulary("color-names", "Thousands of names, close to every color; playful.", __package__, "color_names.json")
)
