"""What is taken out of a mail that came back: a mark and a code, or nothing."""

import pytest

from assessments.bounces import reading
from assessments.bounces.reading import bounce_in
from tests.bounces import mails

MARK = "inv-" + "ab2c" * 8
DEEP = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (mails.rfc3464(MARK), "5.1.1"),
        (mails.rfc3464(MARK, status="4.4.1"), "4.4.1"),
        (mails.rfc3464(MARK, status="unknown"), "550"),
        (mails.exchange(MARK), "5.1.10"),
        (mails.gmail(MARK), "5.2.1"),
        (mails.qmail(MARK), "5.1.1"),
        (mails.gmail(MARK).replace(b"550 5.2.1 The", b"The"), ""),
    ],
    ids=["report", "given up", "number alone", "exchange", "gmail", "qmail", "without a code"],
)
def test_failures_are_read_in_the_ways_in_which_mail_servers_tell_them(raw: bytes, code: str) -> None:
    found = bounce_in(raw)
    assert found is not None
    assert (found.code, found.marks) == (code, (MARK,))


@pytest.mark.parametrize(
    "raw",
    [
        mails.rfc3464(MARK, action="delayed"),
        mails.rfc3464(MARK, action="delivered"),
        mails.vacation(MARK),
        mails.complaint(MARK),
        mails.receipt(MARK),
        mails.gmail(MARK).replace(b"(Failure)", b"(Delay)"),
        mails.rfc3464("", to="bounces@example.org"),
        mails.rfc3464("inv-short"),
        b"",
        b"\xff\xfe\x00" * 100,
        b"Subject: =?utf-8?q?=FF?=\nContent-Type: text/plain; charset=nonsense\n\n\xff",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=\n\n--\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nnothing\n--x--",
    ],
    ids=[
        "delayed", "delivered", "on leave", "complaint", "receipt", "still trying", "a reminder", "no mark", "empty",
        "bytes", "no charset", "no boundary", "no fields",
    ],
)  # fmt: skip
def test_everything_else_is_nothing(raw: bytes) -> None:
    assert bounce_in(raw) is None


def test_a_mail_made_to_hurt_is_read_to_a_limit() -> None:
    nested = b"".join(DEEP % (number, number) for number in range(3000))
    assert bounce_in(b"From: mailer-daemon@x\n" + nested) is None
    many = mails.rfc3464(MARK).replace(
        b"--A/x\nContent-Type: message", b"--A/x\n\n" * 200 + b"--A/x\nContent-Type: message"
    )
    assert bounce_in(many) is None
    assert bounce_in(b"From: mailer-daemon@x\nSubject: failure notice\n\n" + b"4.4.4 " * reading.MAX_BYTES) is None
