"""The one picture language of pages and PDFs: frozen values in, SVG or plain values for a template out.

A picture holds shapes and a title, which is the sentence that says what it shows; words stand in HTML beside it,
because the PDF engine cannot set letters that join or run from right to left inside SVG. Colours are presentation
attributes, which the PDF takes and `static/css/pictures.css` may override by class.
"""

from assessments.pictures.bars import KnownBar, known_bar, parts_bar
from assessments.pictures.heat import HeatCell, HeatRow, HeatTable, heat_class
from assessments.pictures.profile import (
    Profile,
    ProfileLine,
    ProfileRow,
    Standing,
    profile_bar,
    small_multiple,
    strip_bar,
)
from assessments.pictures.words import PictureLabel, PictureLabels, band_names, profile_labels, row_sentence

__all__ = [
    "HeatCell",
    "HeatRow",
    "HeatTable",
    "KnownBar",
    "PictureLabel",
    "PictureLabels",
    "Profile",
    "ProfileLine",
    "ProfileRow",
    "Standing",
    "band_names",
    "heat_class",
    "known_bar",
    "parts_bar",
    "profile_bar",
    "profile_labels",
    "row_sentence",
    "small_multiple",
    "strip_bar",
]
