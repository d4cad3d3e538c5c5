"""The colours of letters where no style sheet reaches: in a picture that is a file of its own.

They are those of `static/css/pictures.css` for light pages; a test compares them.
"""

HEAT: dict[str, tuple[str, str]] = {
    "heat-N": ("#f1f4f8", "#1a2433"),
    "heat-P-minus": ("#d6e2ee", "#1a2433"),
    "heat-P": ("#b3cbe1", "#1a2433"),
    "heat-P-plus": ("#b3cbe1", "#1a2433"),
    "heat-L": ("#82aacf", "#1a2433"),
    "heat-L-minus": ("#82aacf", "#1a2433"),
    "heat-L-plus": ("#2f6297", "#ffffff"),
    "heat-F": ("#12355b", "#ffffff"),
}
NO_LETTER = ("#ffffff", "#44546a")


def colours_of(name: str) -> tuple[str, str]:
    """Background and text of a class."""
    return HEAT.get(name, NO_LETTER)
