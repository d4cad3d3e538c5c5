"""Files over the limit are dropped while they arrive; everything else in the form is read."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class SizeLimit(FileUploadHandler):
    """Stops reading a file at the limit and remembers it. Goes before the handlers that store."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.too_large: list[tuple[str, str]] = []  # name of the input, name of the file
        self._limit = limit
        self._received = 0

    @property
    def exceeded(self) -> bool:
        """Whether any file was dropped."""
        return bool(self.too_large)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting."""
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Count, and give up at the limit."""
        self._received += len(raw_data)
        if self._received > self._limit:
            self.too_large.append((self.field_name or "", self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave storing to the handlers after this one."""
        return
