"""The one picture language of pages and PDFs: frozen values in, SVG or plain values for a template out.

A picture holds shapes and a title, which is the sentence that says what it shows; words stand in HTML beside it,
because the PDF engine cannot set letters that join or run from right to left inside SVG. Colours are presentation
attributes, which the PDF takes and `static/css/pictures.css` may override by class.
"""

from assessments.pictures.bars import KnownBar, known_bar, parts_bar
from assessments.pictures.groups import Dots, group_marks
from assessments.pictures.heat import HeatCell, HeatRow, HeatTable, heat_class
from assessments.pictures.of_panel import by_what_matters, groups_heat, items_heat
from assessments.pictures.of_result import attribute_row, experience_row, item_row, points_then, profile_of
from assessments.pictures.over_time import TimeLines, TimePanel, TimePiece, TimeRound, time_panel
from assessments.pictures.profile import (
    LetterAndNumber,
    Profile,
    ProfileLine,
    ProfileRow,
    profile_bar,
    small_multiple,
    strip_bar,
)
from assessments.pictures.standalone import Drawing, svg_file
from assessments.pictures.words import PictureLabel, PictureLabels, band_names, profile_labels, row_sentence

__all__ = [
    "Dots",
    "Drawing",
    "HeatCell",
    "HeatRow",
    "HeatTable",
    "KnownBar",
    "LetterAndNumber",
    "PictureLabel",
    "PictureLabels",
    "Profile",
    "ProfileLine",
    "ProfileRow",
    "TimeLines",
    "TimePanel",
    "TimePiece",
    "TimeRound",
    "attribute_row",
    "band_names",
    "by_what_matters",
    "experience_row",
    "group_marks",
    "groups_heat",
    "heat_class",
    "item_row",
    "items_heat",
    "known_bar",
    "parts_bar",
    "points_then",
    "profile_bar",
    "profile_labels",
    "profile_of",
    "row_sentence",
    "small_multiple",
    "strip_bar",
    "svg_file",
    "time_panel",
]
