"""Pictures, tables and the archive as files, of the same document that the page shows to the same reader."""
