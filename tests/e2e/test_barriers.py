"""Looking for barriers: a look that was good once hides none that is not, and one page does not hide the next."""

import pytest
from playwright.sync_api import Page

from tests.e2e.barriers import barrier_search
from tests.e2e.journeys import look_at_all

pytestmark = pytest.mark.e2e

PAGE = """<html lang="en"><title>Page</title><style>body {{ background: #ffffff; color: #1c2733 }}</style>
<main><h1>Heading of the page</h1><p>Some words.</p>{}</main></html>"""
GOOD = [
    '<p style="color: #8a8a8a; font-size: 24px">Large letters may be paler.</p>',
    '<div style="background: #123456; color: #eeeeee"><p>Words on a dark ground.</p></div>',
    '<p style="position: absolute">Words that lie elsewhere.</p>',
]
BAD = [
    '<p style="color: #8a8a8a">Small letters may not.</p>',
    '<div style="background: #123456"><p>Words on a dark ground.</p></div>',
    '<p style="color: #eeeeee">Words for a dark ground.</p>',
    '<div style="opacity: .4"><p>Words that are faded.</p></div>',
    '<div style="background: #123456; width: 30em; height: 9em"></div>'
    '<p style="position: absolute; top: 9em">Words that lie elsewhere.</p>',
    '<div style="background: #123456; width: 30em; height: 9em"></div>'
    '<p style="position: relative; top: -6em">Words that lie elsewhere.</p>',
]


def test_a_look_that_was_good_hides_none_that_is_not(page: Page) -> None:
    search = barrier_search()
    for _again in range(2):
        for good in GOOD:
            page.set_content(PAGE.format(good))
            search(page)
    for bad in BAD:
        page.set_content(PAGE.format(bad))
        with pytest.raises(AssertionError, match="color-contrast"):
            search(page)
    page.set_content(PAGE.format("<img src='data:,'>"))
    with pytest.raises(AssertionError, match="image-alt"):
        search(page)


def test_what_is_wrong_with_several_pages_is_told_of_each(page: Page) -> None:
    search = barrier_search()
    addresses = [f"data:text/html,<html lang=en><title>{n}</title><main><h1>Page</h1>{n}</main>" for n in range(2)]
    addresses += [f"{address}<img src='data:,'>" for address in addresses]
    with pytest.raises(AssertionError) as told:
        look_at_all(page, addresses, lambda _address: search(page))
    assert [f"{address}: " in str(told.value) for address in addresses] == [False, False, True, True]
