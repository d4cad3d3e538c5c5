"""The least an operation can cost here: session and user, the queries it cannot do without, and a bare page."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.views.decorators.http import require_POST, require_safe

from assessments.models import Answer, Assessment, FrozenResult, Membership, Process
from attributes.catalogue.published import catalogue_of

LIST = """<ul>{% for process, role, round in rows %}
<li><a href="/{{ process.code }}/">{{ process.name }}</a> {{ process.organisation }} {{ role }} {{ round.state }}</li>
{% endfor %}</ul>"""
QUESTION = """<form>{% for item, answer in rows %}<fieldset><legend>{{ item.text.en }}</legend>
{% for text in item.anchors %}<input type="radio" name="{{ item.code }}" value="{{ forloop.counter0 }}">{{ text.en }}
{% endfor %}<textarea name="{{ item.code }}-e">{{ answer.evidence_text }}</textarea></fieldset>{% endfor %}</form>"""
RESULTS = """{% for document in documents %}<h2>{{ document.process.name }}</h2><table>
{% for attribute in document.attributes %}<tr><th>{{ attribute.title.en }}<td>{{ attribute.score.printed }}
{% for question in attribute.questions %}{% for item in question.items %}<td>{{ item.letter }}{% endfor %}{% endfor %}
{% endfor %}</table>{% endfor %}"""


def page(template: str, **context: Any) -> HttpResponse:
    """A page without a frame."""
    return HttpResponse(_compiled[template].render(context))


_compiled = {text: engines["django"].from_string(text) for text in (LIST, QUESTION, RESULTS)}


@login_not_required
def nobody(request: HttpRequest) -> HttpResponse:
    """Nothing, for anybody: nothing looks at the session."""
    return HttpResponse("ok")


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for somebody who is signed in. This is "the floor"."""
    return HttpResponse("ok")


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Write one text into one answer and commit: no rights, no form, no history, no page."""
    with transaction.atomic():
        Answer.objects.filter(pk=request.POST["pk"]).update(comment=request.POST["comment"])
    return HttpResponse("ok")


@require_safe
def some(request: HttpRequest) -> HttpResponse:
    """Twenty processes of a member, with role and round."""
    memberships = Membership.objects.filter(user_id=request.user.pk)
    roles = dict(memberships.order_by("process__name").values_list("process_id", "role")[:20])
    rounds = {each.process_id: each for each in Assessment.objects.filter(process__in=roles)}
    processes = Process.objects.filter(pk__in=roles)
    return page(LIST, rows=[(each, roles[each.pk], rounds.get(each.pk)) for each in processes])


@require_safe
def question(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """The items of a question and what is answered."""
    assessment = Assessment.objects.with_question_set().get(code=code)
    items = catalogue_of(assessment.question_set).question(question).items
    answers = Answer.objects.filter(response__assessment=assessment, item__in=[item.pk for item in items])
    found = {answer.item_id: answer for answer in answers}
    return page(QUESTION, rows=[(item, found.get(item.pk)) for item in items])


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The frozen results of the given assessments: one for a results page, several for a comparison."""
    rows = FrozenResult.objects.filter(assessment__code__in=request.GET.getlist("code")).defer("document")
    texts = rows.annotate(text=Cast("document", TextField())).values_list("text", flat=True)
    return page(RESULTS, documents=[json.loads(text) for text in texts])
