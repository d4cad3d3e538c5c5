"""Days without the comma before the year, which nobody writes by hand."""

DATE_FORMAT = "j F Y"
