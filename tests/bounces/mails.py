"""Mails that come back, as mail servers write them: by RFC 3464, as Exchange, as Gmail and qmail without such a report,
and what is none of these."""

HOST = "example.org"


def rfc3464(mark: str, *, status: str = "5.1.1", action: str = "failed", to: str = "") -> bytes:
    """As Postfix does: three parts, the last with the headers of the mail."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: {to or f"bounces+{mark}@{HOST}"}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A/x"

--A/x
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<ana@example.net>: host mx.example.net[192.0.2.1] said: 550 {status} <ana@example.net>:
    Recipient address rejected

--A/x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Tue,  1 Dec 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; ana@example.net
Original-Recipient: rfc822;ana@example.net
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <ana@example.net>: Recipient address rejected

--A/x
Content-Type: text/rfc822-headers

From: Northvale <msgov@example.org>
To: ana@example.net
Message-ID: <20261201.{mark}@example.org>
Subject: How was it for you?

--A/x--
""".encode()


def exchange(mark: str) -> bytes:
    """As Exchange does: HTML beside the text, the whole mail attached; the address it came back to has no mark."""
    return f"""From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net>
To: <bounces@{HOST}>
Subject: =?utf-8?B?VW5kZWxpdmVyYWJsZTogSG93IHdhcyBpdCBmb3IgeW91Pw==?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="_b_"
X-MS-Exchange-Message-Is-Ndr:

--_b_
Content-Type: multipart/alternative; boundary="_c_"

--_c_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: quoted-printable

Delivery has failed to these recipients or groups:=0D

--_c_
Content-Type: text/html; charset="us-ascii"

<html><body onload="alert(1)"><b>Delivery has failed</b></body></html>

--_c_--

--_b_
Content-Type: message/delivery-status

Reporting-MTA: dns;EX01.example.net

Final-recipient: RFC822;ana@example.net
Action: failed
Status: 5.1.10
Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

--_b_
Content-Type: message/rfc822

From: Northvale <msgov@example.org>
To: ana@example.net
Message-ID: <17646.{mark.upper()}@example.org>
Subject: How was it for you?
Content-Type: text/plain

Your link: https://msgov.example.org/r/secret/

--_b_--
""".encode()


def gmail(mark: str) -> bytes:
    """As Gmail did for long: plain text with what was sent quoted in it, and no report."""
    return f"""Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: bounces+{mark}@{HOST}
Auto-Submitted: auto-replied
X-Failed-Recipients: ana@example.net
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=UTF-8

Delivery to the following recipient failed permanently:

     ana@example.net

Technical details of permanent failure:
The error that the other server returned was:
550 5.2.1 The email account that you tried to reach is disabled.

----- Original message -----
Message-ID: <x.{mark}@example.org>
""".encode()


def qmail(mark: str) -> bytes:
    """As qmail does: a letter in plain text with the mail below it."""
    return f"""From: MAILER-DAEMON@example.net
To: bounces+{mark}@{HOST}
Subject: failure notice

Hi. This is the qmail-send program at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ana@example.net>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
""".encode()


def vacation(mark: str) -> bytes:
    """An automatic reply of a person."""
    return f"""From: Ana <ana@example.net>
To: bounces+{mark}@{HOST}
In-Reply-To: <x.{mark}@example.org>
Subject: Automatic reply: How was it for you?
Auto-Submitted: auto-replied
Content-Type: text/plain

I am on leave until 5.1.2027. In room 550 somebody helps you. Mails could not be delivered to me before.
""".encode()


def complaint(mark: str) -> bytes:
    """A report that somebody called it unwanted (ARF)."""
    return (
        rfc3464(mark)
        .replace(b"report-type=delivery-status", b"report-type=feedback-report")
        .replace(b"message/delivery-status", b"message/feedback-report")
    )


def receipt(mark: str) -> bytes:
    """A report that somebody has read it (MDN)."""
    return rfc3464(mark).replace(b"message/delivery-status", b"message/disposition-notification")
