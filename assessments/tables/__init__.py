"""Tables of frozen documents as rows of plain values: what a page shows as a table, a CSV file or a spreadsheet."""

from assessments.tables.files import csv_of, xlsx_of
from assessments.tables.of_comparison import compared_attributes, compared_pairs
from assessments.tables.of_over_time import over_time_tables
from assessments.tables.of_panel import attributes_by_group, items_by_group
from assessments.tables.of_result import attributes_table, items_table, second_rating_table, steps_table
from assessments.tables.plain import Cell, PlainTable, figure_cell, heat_rows, points_cell

__all__ = [
    "Cell",
    "PlainTable",
    "attributes_by_group",
    "attributes_table",
    "compared_attributes",
    "compared_pairs",
    "csv_of",
    "figure_cell",
    "heat_rows",
    "items_by_group",
    "items_table",
    "over_time_tables",
    "points_cell",
    "second_rating_table",
    "steps_table",
    "xlsx_of",
]
