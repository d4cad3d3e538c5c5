"""A late delegate opens the same link once more, in Arabic on a telephone, to read what became of it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assessments.models import Action, CommentTheme, Process, ThemeReply, Wave
from assessments.panels.services.closing import close_and_freeze
from assessments.rounds.services.submission import submit_assessment
from assessments.vocabulary import Visibility
from attributes.loading import store_spec
from attributes.models import QuestionSet
from attributes.schema import QuestionSetSpec
from tests import builders
from tests.builders.panels import open_wave, put_example
from tests.builders.respondents import new_link
from tests.e2e.journeys import fits

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
REPLY = "سندفع تكاليف السفر."


def half_arabic() -> QuestionSet:
    """The shipped set with Arabic names of attributes, and none of items."""
    document = builders.shipped_spec().model_dump(mode="json", exclude_defaults=True)
    document |= {"slug": "half-arabic", "languages": ["en", "ar"]}
    for number, attribute in enumerate(document["attributes"], 1):
        attribute["title"]["ar"] = f"السمة رقم {number}"
    return store_spec(QuestionSetSpec.model_validate(document))[0]


@pytest.fixture
def token() -> str:
    """A link that was used, of a wave whose result has become public."""
    assessment = builders.assessment(builders.process(), question_set=half_arabic())
    wave = open_wave(assessment=assessment, languages=["en", "ar"], tells_of_themes=True)
    token = new_link(wave, is_used=True)
    put_example(wave)
    close_and_freeze(wave=wave, user=wave.created_by)
    for item, level in (("CR1a", 3), ("CR1b", 2), ("CR1c", 0)):
        builders.answer(assessment, item, level)
    submit_assessment(assessment=assessment, user=wave.created_by)
    Process.objects.filter(pk=assessment.process_id).update(visibility=Visibility.PUBLIC)
    Action.objects.create(assessment=assessment, item="CR1c", owner="اللجنة", due=date(2030, 1, 31), is_public=True)
    theme = CommentTheme.objects.create(wave=Wave.objects.get(), title="السفر")
    day = date(2026, 4, 2)
    ThemeReply.objects.create(theme=theme, text=REPLY, replied_on=day, published_on=day)
    return token


def test_same_link_shows_what_became_of_the_answers(
    token: str, new_context: Callable[..., BrowserContext], axe: Callable[[Page], None]
) -> None:
    page = new_context(**PHONE, locale="ar").new_page()
    page.goto(f"/r/{token}/")
    assert token not in page.url
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("heading", level=1)).to_have_text("ما آلت إليه الإجابات")
    main = page.locator("main")
    for words in ("السمة رقم 2", "انقسمت حولها المجموعات", REPLY, "قيد التنفيذ", "اللجنة", "31 يناير 2030"):
        expect(main).to_contain_text(words)
    # What the question set has no Arabic for is marked as English.
    expect(page.locator(".promised [lang=en]")).to_have_count(1)
    fits(page)
    axe(page)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What became of the answers")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    page.get_by_role("link", name="The whole public result").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/assessments/" in page.url
