"""Looking for barriers in a page with axe: all that it finds; and what it measures longest, contrasts, once a look."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}

# What the contrast of a text is made of is here called its look: its colour, what the elements around it paint under
# it, and whether its letters are large (24 px; 18.66 px, if bold), of which less is asked. A look that axe found good
# is not measured again. What leaves its place may lie on any ground, unless it brings one along: it has no look, and
# is measured each time.
KNOW_LOOKS = """
window.lookFrom = () => {
    const nothing = "rgba(0, 0, 0, 0),none,1,none,normal"
    const grounds = new Map([[null, { paint: "", plain: true }]])
    const groundOf = element => {
        if (grounds.has(element)) return grounds.get(element)
        const around = groundOf(element.parentElement), style = getComputedStyle(element)
        const stays = style.float === "none" && style.transform === "none" && (style.position === "static" ||
            (style.position === "relative" && style.inset === "auto"))
        const over = [style.backgroundImage, style.opacity, style.filter, style.mixBlendMode].join()
        const paint = `${style.backgroundColor},${over}`
        const plain = around.plain && over === "none,1,none,normal"
        const covers = plain && style.backgroundColor.startsWith("rgb(")
        const ground = covers ? { paint, plain } : around.paint === null || !stays ? { paint: null, plain }
            : paint === nothing ? around : { paint: `${around.paint} ${paint}`, plain }
        grounds.set(element, ground)
        return ground
    }
    return element => {
        const { paint } = groundOf(element), style = getComputedStyle(element), size = parseFloat(style.fontSize)
        const large = size >= 24 || (size >= 18.67 && style.fontWeight >= 700)
        return paint === null ? null : [paint, style.color, style.textShadow, large].join("|")
    }
}
window.contrastRule = axe._audit.rules.find(rule => rule.id === "color-contrast")
window.contrastCheck = axe._audit.checks["color-contrast"]
window.matchesAtFirst = contrastRule.matches
window.evaluateAtFirst = contrastCheck.evaluate
null
"""
FIND = """async ([options, known]) => {
    const lookOf = lookFrom(), good = new Set(known)
    contrastRule.matches = (node, ...more) => !good.has(lookOf(node)) && matchesAtFirst(node, ...more)
    contrastCheck.evaluate = function (node, ...more) {
        if (good.has(lookOf(node))) return true // all that matches was gathered before any was measured
        const note = this.data
        let ratio
        this.data = found => { ratio = found && found.contrastRatio; note(found) }
        const enough = evaluateAtFirst.call(this, node, ...more)
        if (enough && ratio && lookOf(node) !== null) good.add(lookOf(node))
        return enough
    }
    const { violations } = await axe.run(document, options)
    return [violations, [...good].slice(known.length)]
}"""


def barrier_search() -> Callable[[Page], None]:
    """Return a function that fails with a report of the barriers a page has, and remembers which looks were good."""
    good: list[str] = []

    def expect_none(page: Page) -> None:
        page.wait_for_load_state()  # after a click it has only begun to come
        if not page.evaluate("'lookFrom' in window"):
            page.evaluate(AXE_SCRIPT + KNOW_LOOKS)
        violations: list[dict[str, Any]]
        violations, new = page.evaluate(FIND, [OPTIONS, good])
        assert not violations, f"{page.url}: {AxeResults({'violations': violations}).generate_report()}"
        good.extend(new)

    return expect_none
