"""Names of attributes and sentences with names in them: as text and as markup."""

from types import SimpleNamespace

from django.template import Context, Template
from django.utils.translation import override

from assessments.headlines import Name, Sentence, first_in_sentence, in_sentence, short_title


def drawn(sentence: Sentence) -> str:
    return Template("{{ sentence }}").render(Context({"sentence": sentence}))


def test_attributes_of_published_sets_have_short_names_and_others_their_title() -> None:
    known = SimpleNamespace(slug="effective-decision-making", title={"en": "Effective decision-making"})
    other = SimpleNamespace(slug="soil", title={"en": "Healthy soil", "fr": "Un sol sain"})

    assert short_title(known) == "Decision-making"
    assert (first_in_sentence(known).plain, in_sentence(known).plain) == ("Decision-making", "decision-making")
    assert short_title(other) == "Healthy soil"
    assert in_sentence(other) == Name.of_text(other.title)


def test_a_sentence_is_text_and_markup() -> None:
    sentence = Sentence(
        "%(item)s: %(group)s, %(n)s & more.",
        item=Name.of_text({"fr": "Un sol sain"}),
        group=Name.of_people("<Farmers>"),
        n=3,
    )

    assert sentence == "Un sol sain: <Farmers>, 3 & more."
    assert drawn(sentence) == (
        '<span lang="fr" dir="ltr">Un sol sain</span>: <bdi>&lt;Farmers&gt;</bdi>, 3 &amp; more.'
    )


def test_a_name_that_runs_the_other_way_is_kept_apart_in_plain_text() -> None:
    assert Sentence("%(group)s see least.", group=Name.of_people("قرى")) == "\u2068قرى\u2069 see least."
    with override("ar"):
        assert Sentence("%(group)s.", group=Name.of_people("Farmers")) == "\u2068Farmers\u2069."


def test_a_per_cent_sign_in_a_name_is_no_slot() -> None:
    assert drawn(Sentence("%(group)s.", group=Name.of_people("100 % women"))) == "<bdi>100 % women</bdi>."
