"""Say which words for respondents are missing in which language, or have other slots than the English ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.wording.shipped import BrokenWording, problems_of, shipped, shipped_languages


class Command(BaseCommand):
    """One line a problem: the language, the key, what is wrong."""

    help = "Say which words for respondents are missing in which language, or have other slots than the English ones."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fail where there is a problem."""
        try:
            found = [
                f"{language}: {key} {problem}"
                for language in shipped_languages()
                for key, problem in problems_of(shipped(language), complete=True)
            ]
        except BrokenWording as error:
            raise CommandError(str(error)) from error
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(shipped('en'))} texts in {len(shipped_languages())} languages.")
