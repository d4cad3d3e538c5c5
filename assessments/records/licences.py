"""The licences under which data of the public record can be given; the operator's setting names one."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from assessments.documents.record import LicencePart

CREATIVE_COMMONS = "https://creativecommons.org/"
LICENCES = {
    licence.spdx: licence
    for licence in (
        LicencePart(
            spdx="CC-BY-4.0",
            name="Creative Commons Attribution 4.0 International",
            url=f"{CREATIVE_COMMONS}licenses/by/4.0/",
        ),
        LicencePart(
            spdx="CC-BY-SA-4.0",
            name="Creative Commons Attribution-ShareAlike 4.0 International",
            url=f"{CREATIVE_COMMONS}licenses/by-sa/4.0/",
        ),
        LicencePart(
            spdx="CC0-1.0",
            name="Creative Commons Zero 1.0 Universal",
            url=f"{CREATIVE_COMMONS}publicdomain/zero/1.0/",
        ),
    )
}


def licence() -> LicencePart:
    """Return the licence of what is published from now on."""
    return LICENCES[settings.PUBLIC_RECORD_LICENCE]


@register(Tags.compatibility)
def licence_is_known(**kwargs: object) -> list[CheckMessage]:
    """What is published cannot be given another licence afterwards."""
    if settings.PUBLIC_RECORD_LICENCE in LICENCES:
        return []
    hint = f"Set PUBLIC_RECORD_LICENCE to one of {', '.join(LICENCES)}."
    return [Error("The licence of the public record is not known.", hint=hint, id="msgov.E010")]
