"""How a record is cited, and its metadata for machines: schema.org, DataCite, CSL and BibTeX.

From what a record is about and its address alone, so that it can be cited as long as there is a tombstone.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessments.documents.record import RecordAbout
from attributes.texts import localise

BIB_SPECIAL = re.compile(r"([&%$#_{}])")
CONTEXT = "https://schema.org/"


@dataclass(frozen=True)
class CitedRecord:
    """A version of a record and where it is: `url` is its own address, `record_url` that of the newest version."""

    about: RecordAbout
    url: str
    record_url: str
    publisher: str
    data_url: str = ""
    table_url: str = ""
    report_url: str = ""
    digest: str = ""
    is_withdrawn: bool = False

    @property
    def year(self) -> str:
        return self.about.published_on[:4]

    @property
    def title(self) -> str:
        """What it is called in references."""
        values = {"name": self.about.name, "round": self.about.round}
        if self.about.is_invented or self.about.is_example:
            return _("%(name)s: result of an assessment, round %(round)s (example)") % values
        if self.about.is_reviewed:
            return _("%(name)s: reviewed result of an assessment, round %(round)s") % values
        return _("%(name)s: result of a self-assessment, round %(round)s") % values

    @property
    def label(self) -> str:
        return _("%(number)s, version %(version)s") % {"number": self.about.number, "version": self.about.version}


def citation(cited: CitedRecord) -> str:
    """The reference as it is written in a list, in the manner of APA."""
    values = {
        "who": cited.about.published_for,
        "year": cited.year,
        "title": cited.title,
        "label": cited.label,
        "publisher": cited.publisher,
        "url": cited.url,
    }
    if cited.is_withdrawn:
        return _("%(who)s (%(year)s). %(title)s (%(label)s) [Data set, withdrawn]. %(publisher)s. %(url)s") % values
    return _("%(who)s (%(year)s). %(title)s (%(label)s) [Data set]. %(publisher)s. %(url)s") % values


def bibtex(cited: CitedRecord) -> str:
    """The reference as BibTeX. Values stand in braces, so that nobody shortens or sorts them anew."""
    fields = {
        "author": cited.about.published_for,
        "title": cited.title,
        "year": cited.year,
        "version": str(cited.about.version),
        "number": cited.about.number,
        "publisher": cited.publisher,
        "howpublished": _("Data set"),
        "note": _("Withdrawn") if cited.is_withdrawn else cited.about.licence.spdx,
    }
    lines = [f"  {name} = {{{{{_bib(value)}}}}}," for name, value in fields.items()]
    key = f"{cited.about.number}-v{cited.about.version}".lower()
    return "\n".join([f"@misc{{{key},", *lines, f"  url = {{{cited.url}}}", "}", ""])


def _bib(value: str) -> str:
    return BIB_SPECIAL.sub(r"\\\1", value.replace("\\", " ").replace("\n", " "))


def csl(cited: CitedRecord) -> list[dict[str, Any]]:
    """The reference as CSL-JSON."""
    year, month, day = (int(part) for part in cited.about.published_on.split("-"))
    return [
        {
            "id": f"{cited.about.number}-v{cited.about.version}",
            "type": "dataset",
            "title": cited.title,
            "author": [{"literal": cited.about.published_for}],
            "issued": {"date-parts": [[year, month, day]]},
            "publisher": cited.publisher,
            "number": cited.about.number,
            "version": str(cited.about.version),
            "URL": cited.url,
        }
    ]


# A text that ends the element, or begins another one, would be read as markup.
AS_TEXT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def json_ld_element(cited: CitedRecord) -> SafeString:
    """The same for the head of the page: search engines look at no other address for it. It is data and never run."""
    data = json.dumps(json_ld(cited), ensure_ascii=False).translate(AS_TEXT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308 - see AS_TEXT


def json_ld(cited: CitedRecord) -> dict[str, Any]:
    """What it is for search engines: a Dataset of schema.org, with the Report that says the same in words."""
    about = cited.about
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "@id": cited.url,
        "url": cited.url,
        "identifier": about.number,
        "version": str(about.version),
        "name": cited.title,
        "description": description(about),
        "datePublished": about.published_on,
        "dateCreated": about.submitted_on or about.published_on,
        "creator": _organisation(about.published_for),
        "publisher": _organisation(cited.publisher),
        "license": about.licence.url,
        "isAccessibleForFree": True,
        "creativeWorkStatus": "Withdrawn" if cited.is_withdrawn else "Published",
        "isPartOf": {"@type": "DataCatalog", "url": cited.record_url.rsplit("/", 2)[0] + "/"},
        "citation": citation(cited),
        "keywords": _keywords(about),
    }
    if about.country:
        found["spatialCoverage"] = about.country
    if about.organisation:
        found["sourceOrganization"] = _organisation(about.organisation)
    if not cited.is_withdrawn:
        found["distribution"] = [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}
            for kind, url in (("application/json", cited.data_url), ("text/csv", cited.table_url))
        ]
        found["subjectOf"] = {
            "@type": "Report",
            "name": cited.title,
            "reportNumber": about.number,
            "url": cited.report_url,
            "encodingFormat": "application/pdf",
            "license": about.licence.url,
        }
    return found


def datacite(cited: CitedRecord) -> dict[str, Any]:
    """What DataCite asks of a data set before it gets a DOI (schema 4.6); the identifier is the address until then."""
    about = cited.about
    dates = [{"date": about.published_on, "dateType": "Issued"}]
    if about.submitted_on:
        dates.append({"date": about.submitted_on, "dateType": "Submitted"})
    found: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "identifiers": [{"identifier": cited.url, "identifierType": "URL"}],
        "alternateIdentifiers": [{"alternateIdentifier": about.number, "alternateIdentifierType": "msgov record"}],
        "creators": [{"name": about.published_for, "nameType": "Organizational"}],
        "titles": [{"title": cited.title}],
        "publisher": {"name": cited.publisher},
        "publicationYear": cited.year,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Assessment of a multistakeholder process"},
        "subjects": [{"subject": word} for word in _keywords(about)],
        "dates": dates,
        "version": str(about.version),
        "rightsList": [
            {
                "rights": about.licence.name,
                "rightsUri": about.licence.url,
                "rightsIdentifier": about.licence.spdx,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [{"description": description(about), "descriptionType": "Abstract"}],
        "url": cited.url,
    }
    if about.country:
        found["geoLocations"] = [{"geoLocationPlace": about.country}]
    return found


def description(about: RecordAbout) -> str:
    """One or two sentences on what it is, for people who find it in a catalogue."""
    values = {
        "name": about.name,
        "set": localise(about.question_set),
        "version": about.question_set_version,
        "method": about.method_version,
    }
    said = [
        _("What was answered and counted of “%(name)s” with the question set %(set)s %(version)s, method %(method)s.")
        % values
    ]
    if about.has_groups:
        said.append(_("With what stakeholder groups said, as far as it is told in public."))
    if about.is_invented:
        said.append(_("The process is invented."))
    if about.is_example:
        said.append(_("It is an example, coded from one text, and no finding."))
    return " ".join(said)


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


def _keywords(about: RecordAbout) -> list[str]:
    return ["multistakeholder governance", localise(about.question_set), *filter(None, [about.kind])]
