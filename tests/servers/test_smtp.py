"""SMTP: the mail server keeps what it accepts and fails in each way that it is told to."""

import smtplib
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from tests.servers.smtp import MailServer


def test_accepted_mail_is_kept_with_its_envelope(mail_server: MailServer) -> None:
    _send(mail_server, "通知")

    [mail] = mail_server.wait_for(1)

    assert (mail.sender, mail.recipients) == ("hub@example.org", ("office@example.org",))
    assert mail.message["Subject"] == "通知"
    assert mail.message.get_content() == "正文\r\n"


@pytest.mark.parametrize("code", [451, 550])
def test_refused_mail_is_not_kept_and_the_sender_learns_the_code(mail_server: MailServer, code: int) -> None:
    mail_server.refuse(code)

    with pytest.raises(smtplib.SMTPDataError) as refusal:
        _send(mail_server)

    assert refusal.value.smtp_code == code
    assert (mail_server.mails, mail_server.attempts) == ([], 1)


def _slow(server: MailServer) -> None:
    server.be_slow(5)


@pytest.mark.parametrize(
    "fault",
    [MailServer.hang_up, _slow],
)
def test_sender_without_an_answer_does_not_wait_for_ever(
    mail_server: MailServer, fault: Callable[[MailServer], None]
) -> None:
    fault(mail_server)

    with pytest.raises(smtplib.SMTPServerDisconnected):
        _send(mail_server, seconds=0.3)

    assert mail_server.mails == []


def test_stopped_server_refuses_connections_and_serves_the_same_port_again(mail_server: MailServer) -> None:
    mail_server.stop()

    with pytest.raises(ConnectionRefusedError):
        _send(mail_server)

    mail_server.start()
    _send(mail_server, "再来")

    assert [mail.message["Subject"] for mail in mail_server.mails] == ["再来"]


def test_healed_server_accepts_again(mail_server: MailServer) -> None:
    mail_server.refuse(451)
    mail_server.behave()

    _send(mail_server)

    assert len(mail_server.mails) == 1


def _send(server: MailServer, subject: str = "a", seconds: float = 60) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "hub@example.org", "office@example.org", subject
    message.set_content("正文")
    with smtplib.SMTP("127.0.0.1", server.port, timeout=seconds) as client:
        client.send_message(message)
