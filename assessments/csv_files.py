"""CSV files that people open in spreadsheets."""

BYTE_ORDER_MARK = "\ufeff"
# A cell that begins with one of these is run as a formula by spreadsheets.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
