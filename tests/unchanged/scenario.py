"""What people do before pages are recorded, through the pages themselves; every answer on the way is recorded too."""

import re
from dataclasses import dataclass, field

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.models import Assessment
from tests.unchanged.addresses import Subjects
from tests.unchanged.answers import answer_text
from tests.unchanged.deterministic import clock
from tests.unchanged.forms import Form, RecordedPage, Sent
from tests.unchanged.people import ReceivedAnswer, RecordedVisitor
from tests.unchanged.recording import Recording
from tests.unchanged.world import codes

GROUP = re.compile(r"/panel/groups/\d+/$")
ASKED: tuple[dict[str, str], ...] = (
    {"mode": "individual", "link_kind": "personal", "invited": "9"},
    {"mode": "individual", "link_kind": "open", "invited": "30", "cap": "20"},
    {"mode": "on_record", "link_kind": "personal", "invited": "1"},
)
LINK = re.compile(r"https?://testserver(/[\w/-]+)")


@dataclass
class Scenario:
    """Does one thing after the other and writes down what comes of it."""

    recording: Recording
    people: dict[str, RecordedVisitor]
    subjects: Subjects = field(default_factory=Subjects)
    hub: str = ""  # of the draft that most is told of
    step: int = 0
    mails: list[str] = field(default_factory=list)

    def do(
        self, who: str | RecordedVisitor, what: str, address: str, sent: Sent, *, in_parts: bool = False
    ) -> ReceivedAnswer:
        """Send a form as somebody, and note the answer and the mails that went out."""
        person = self.people[who] if isinstance(who, str) else who
        clock.tick(minutes=5)
        self.step += 1
        mail.outbox = []
        answer = person.post(address, sent, label=f"{what} {address}", in_parts=in_parts)
        self.mails = [f"To: {', '.join(one.to)}\nSubject: {one.subject}\n\n{one.body}" for one in mail.outbox]
        self.recording.name_codes(codes())
        parts = [answer_text(f"POST {address} as {person.name}", answer), *self.mails]
        self.recording.write(f"story/{self.step:03} {what}.txt", "\n=== mail\n".join(parts))
        if answer.status >= 500:
            raise RuntimeError(f"{what} failed: {answer.content[:2000]!r}")
        return answer

    def form(self, who: str | RecordedVisitor, address: str, part: str = "") -> Form:
        """A form of a page as somebody sees it."""
        person = self.people[who] if isinstance(who, str) else who
        answer = person.get(address)
        if answer.location:
            answer = person.get(answer.location)
        return RecordedPage(answer.html).form(part)

    def form_with(self, who: str, address: str, name: str, value: str) -> Form:
        """The form of a page that has a button with this name and value, or failing that a hidden field."""
        for form in RecordedPage(self.people[who].get(address).html).forms:
            buttons = [(each.get("name"), each.get("value")) for each in form.buttons]
            if (name, value) in [*buttons, *form.as_shown()]:
                return form
        raise LookupError(f"No form of {address} sends {name}={value}.")

    def fill(
        self, who: str | RecordedVisitor, what: str, address: str, part: str = "", **values: str
    ) -> ReceivedAnswer:
        """Open a page, fill in a form of it, and send that."""
        form = self.form(who, address, part)
        return self.do(who, what, form.address or address, form.filled(**values))

    def link(self, number: int = 0) -> str:
        """The first address in a mail that was just sent."""
        found = LINK.search(self.mails[number])
        if found is None:
            raise LookupError(f"No link in {self.mails[number]}")
        return found[1]


def run_scenario(scenario: Scenario) -> None:
    """Everything that happens before the pages are recorded."""
    process = describe_process(scenario)
    invite_members(scenario, process)
    scenario.hub = answer_questions(scenario, process)
    ask_stakeholders(scenario, scenario.hub)
    submit_another(scenario)


def describe_process(scenario: Scenario) -> str:
    """A private process with groups, a fit and a goal. Returns its address."""
    made = scenario.fill(
        "organiser",
        "describe a process",
        "/processes/new/",
        name="Harbour <Dialogue> & Friends",
        issue="Who may use the quays, and when.",
        organisation="Port office",
        period="2025",
        kind="recommends",
        resource="the quays",
        promise="involve",
        website="https://harbour.example/",
    )
    process = made.location
    scenario.fill("organiser", "add a group", f"{process}groups/", new="Fishers & families", action="save")
    form = scenario.form("organiser", f"{process}fit/")
    scenario.do("organiser", "say how it fits", f"{process}fit/", form.changed(1))
    scenario.fill("organiser", "add a goal", f"{process}goals/new/", text="Quiet nights.", agreed_by="Fishers")
    return process


def invite_members(scenario: Scenario, process: str) -> None:
    """A contributor and a reviewer come in by invitation; somebody without an account has one that waits."""
    for role in ("contributor", "reviewer"):
        address = f"{process}members/"
        scenario.fill("organiser", f"invite a {role}", address, emails=f"{role}@example.org", role=role)
        opened = scenario.people[role].get(scenario.link())
        scenario.fill(role, f"accept as {role}", opened.location)
    scenario.fill("organiser", "invite a newcomer", f"{process}members/", emails="new@example.org", role="reviewer")
    scenario.subjects.invitation = scenario.link().strip("/").split("/")[-1]
    scenario.recording.name_codes({scenario.subjects.invitation: "invitation"})


def answer_questions(scenario: Scenario, process: str) -> str:
    """A draft with most questions answered, each in another way, a file, and two people who write at once."""
    start = scenario.form("organiser", process, "start/")
    begun = scenario.do("organiser", "start an assessment", start.address, start.as_shown())
    hub = begun.location
    organiser = scenario.people["organiser"]
    questions = questions_of(organiser.get(hub).html, hub)
    stale = scenario.form("contributor", questions[0], "questions/")
    for place, question in enumerate(questions[:-2]):
        form = scenario.form("organiser", question, "questions/")
        scenario.do("organiser", "answer", question, [*form.changed(place), ("action", "save")])
    scenario.do(
        "contributor", "answer what was answered meanwhile", questions[0], [*stale.changed(1), ("action", "save")]
    )
    attach_file(scenario, questions[0])
    return hub


def questions_of(html: str, hub: str) -> list[str]:
    """The addresses of the questions that a page leads to, in order."""
    question = re.compile(rf"{re.escape(hub)}questions/[A-Z]+\d+/")
    return list(dict.fromkeys(link for link in RecordedPage(html).links if question.fullmatch(link)))


def question_set_of(hub: str) -> int:
    """The number of the question set of an assessment."""
    return int(Assessment.objects.get(code=hub.strip("/").split("/")[-1]).question_set_id)


def attach_file(scenario: Scenario, question: str) -> None:
    """Give a file as evidence."""
    form = scenario.form("organiser", question, "questions/")
    fields = [each.name for each in form.fields if each.kind == "file"]
    file = SimpleUploadedFile("minutes.txt", b"What was agreed.", content_type="text/plain")
    sent: Sent = [*form.as_shown(), ("action", "save"), (fields[0], file)]
    scenario.do("organiser", "give a file", question, sent, in_parts=True)


def ask_stakeholders(scenario: Scenario, hub: str) -> None:
    """A wave that is open: by personal links, by an open one and on the record, with questionnaires in all stages."""
    address = f"{hub}panel/"
    form = scenario.form("organiser", address, "prepare/")
    scenario.do("organiser", "prepare a wave", form.address, form.as_shown())
    asked_by = {"responsible": "The council", "contact": "ask@example.org"}
    settings = {"notice": "We ask, to do better.", "closes_on": "2026-03-20", **asked_by}
    scenario.fill("organiser", "settle the wave", f"{address}setup/", **settings)
    groups = [link for link in RecordedPage(scenario.people["organiser"].get(address).html).links if GROUP.search(link)]
    for group in groups[3:]:
        scenario.fill("organiser", "ask a group no more", f"{group}remove/")
    for group, fields in zip(groups, ASKED, strict=False):
        scenario.fill("organiser", "settle a group", group, **fields)
    scenario.fill("organiser", "launch the wave", f"{address}launch/")
    hands, neighbours, authority = groups[:3]
    scenario.fill("organiser", "mail links", f"{hands}links/", "send/", addresses="a@example.org\nb@example.org")
    personal = LINK.findall(scenario.mails[0])[0]
    opened = scenario.fill("organiser", "make an open link", f"{neighbours}links/", "open-link/")
    record = scenario.fill("organiser", "hand out links", f"{authority}links/", "cards/", number="1")
    links = (personal, *(LINK.findall(shown.html)[0] for shown in (opened, record)))
    scenario.subjects.tokens = tuple(link.strip("/").split("/")[-1] for link in links)
    scenario.recording.name_codes({token: f"link-{number}" for number, token in enumerate(scenario.subjects.tokens, 1)})
    answer_as_respondents(scenario, *links)


def answer_as_respondents(scenario: Scenario, personal: str, opened: str, record: str) -> None:
    """Three who were asked: one stops half way, one hands in, one speaks for a group and has not filed yet."""
    for name, link, pages in (("respondent", personal, 3), ("finished", opened, 99), ("speaker", record, 99)):
        person = scenario.people[name] = RecordedVisitor(name)
        scenario.fill(person, f"come in as {name}", link)
        form = scenario.form(person, "/r/")
        answer = scenario.do(person, f"start as {name}", "/r/", form.as_shown())
        for place in range(pages):
            if "/r/q/" not in answer.location:
                break
            form = scenario.form(person, answer.location)
            sent = [*form.changed(place), ("action", "next")]
            answer = scenario.do(person, f"answer as {name}", answer.location, sent)
    finished = scenario.people["finished"]
    scenario.fill(finished, "hand in", "/r/check/", "finish/")


def submit_another(scenario: Scenario) -> None:
    """A process that is open to everybody with an account: submitted, reopened, submitted again, and a next round."""
    fields = {"name": "Quiet Committee", "kind": "recommends", "visibility": "signed_in"}
    process = scenario.fill("organiser", "describe another process", "/processes/new/", **fields).location
    start = scenario.form("organiser", process, "start/")
    begun = scenario.do("organiser", "start with the other questions", start.address, start.changed())
    hub = begun.location
    questions = questions_of(scenario.people["organiser"].get(hub).html, hub)
    scenario.subjects.questions[question_set_of(hub)] = questions[0].split("/")[-2]
    for place, question in enumerate(questions):
        form = scenario.form("organiser", question, "questions/")
        scenario.do("organiser", "answer the other questions", question, [*form.changed(place), ("action", "save")])
    scenario.fill("organiser", "submit", f"{hub}check/", "submit/")
    scenario.fill("organiser", "reopen", f"{hub}reopen/", reason="A number was wrong.")
    scenario.fill("organiser", "submit again", f"{hub}check/", "submit/")
    start = scenario.form("organiser", f"{process}start/")
    scenario.do("organiser", "start the next round", f"{process}start/", start.changed())
