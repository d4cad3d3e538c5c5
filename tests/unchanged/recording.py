"""The folder that is recorded into: one text a file, with codes of this run replaced by what they stand for."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path

LONGEST = 150
UNFIT = re.compile(r"[^\w.,=&+@{}-]+")
# Secrets of links: long enough to be nothing else.
TOKEN = re.compile(r"(?<=/r/)[A-Za-z0-9_-]{43}|(?<=/invitations/)[A-Za-z0-9_-]{43}")


class Recording:
    """Writes files; a name is given once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._codes: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None
        self._assets: dict[tuple[str, ...], list[str]] = defaultdict(list)

    def name_codes(self, codes: dict[str, str]) -> None:
        """Replace these random codes by names from now on."""
        self._codes.update(codes)
        self._pattern = re.compile("|".join(map(re.escape, self._codes))) if self._codes else None

    def named(self, text: str) -> str:
        """A text with names for codes."""
        if self._pattern is not None:
            text = self._pattern.sub(lambda found: f"{{{self._codes[found[0]]}}}", text)
        return TOKEN.sub("{token}", text)

    def file_name(self, text: str) -> str:
        """An address or a label as a name for a file; a long one ends in a fingerprint."""
        named = self.named(text)
        name = UNFIT.sub("~", named.replace("/", "~").replace("?", "@")).strip("~") or "home"
        if len(name) > LONGEST:
            name = f"{name[:LONGEST]}~{hashlib.sha256(named.encode()).hexdigest()[:8]}"
        return name

    def write(self, name: str, text: str) -> None:
        """Write one file. Raises FileExistsError for a name that was given before."""
        path = self.folder / self.named(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(self.named(text))

    def note_assets(self, page: str, assets: tuple[str, ...]) -> None:
        """Remember what a page loads."""
        self._assets[assets].append(self.named(page))

    def write_assets(self, name: str) -> None:
        """Say what is loaded together, and by which pages."""
        parts = []
        for assets, pages in sorted(self._assets.items()):
            parts += [" ".join(assets) or "(nothing)", *(f"  {page}" for page in sorted(set(pages)))]
        self.write(name, "\n".join(parts) + "\n")
