"""Avisos de rebote y de queja como los arma cada servidor, con direcciones inventadas."""

ANA = "ana@muni.example"


def original(message_id, direccion=ANA):
    return (
        f"From: CONECTAMEF <no-responder@conectamef.example>\nTo: Ana Quispe <{direccion}>\n"
        f"Subject: =?utf-8?q?Bolet=C3=ADn_de_julio?=\nMessage-ID: {message_id}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=utf-8\n\nHola.\n"
    )


def _informe(message_id, *, de, texto, estado, del_original="message/rfc822", direccion=ANA, tipo="delivery-status"):
    return (
        f"From: {de}\nTo: no-responder@conectamef.example\nSubject: Undelivered Mail Returned to Sender\n"
        "Message-ID: <aviso-1@mx.muni.example>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={tipo}; boundary="B/1"\n\n'
        f"--B/1\nContent-Type: text/plain; charset=us-ascii\n\n{texto}\n\n"
        f"--B/1\nContent-Type: message/{tipo}\n\n{estado}\n\n"
        f"--B/1\nContent-Type: {del_original}\n\n{original(message_id, direccion)}\n--B/1--\n"
    ).encode()


def postfix(message_id):
    return _informe(
        message_id,
        de="MAILER-DAEMON@mx.muni.example (Mail Delivery System)",
        texto=f"<{ANA}>: host mx.muni.example[192.0.2.5] said: 550 5.1.1 <{ANA}>:\n    Recipient address rejected",
        estado=(
            "Reporting-MTA: dns; correo.conectamef.example\nX-Postfix-Queue-ID: 3F1A2B\n"
            "Arrival-Date: Wed,  1 Jul 2026 10:00:00 -0500 (-05)\n\n"
            f"Final-Recipient: rfc822; {ANA}\nOriginal-Recipient: rfc822;{ANA}\nAction: failed\nStatus: 5.1.1\n"
            "Remote-MTA: dns; mx.muni.example\n"
            f"Diagnostic-Code: smtp; 550 5.1.1 <{ANA}>: Recipient address rejected: User\n    unknown\n"
        ),
        del_original="text/rfc822-headers",
    )


def exchange(message_id):
    return _informe(
        message_id,
        de="postmaster@muni.example",
        texto="Delivery has failed to these recipients or groups",
        estado=(
            "Reporting-MTA: dns;EX01.muni.example\nReceived-From-MTA: dns;correo.conectamef.example\n\n"
            f"Final-Recipient: RFC822;{ANA.upper()}\nAction: failed\nStatus: 5.1.10\n"
            "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup\n"
        ),
    )


def gmail(message_id):
    return _informe(
        message_id,
        de="Mail Delivery Subsystem <mailer-daemon@correo.example>",
        texto=f"** No se encontró la dirección **\n\nTu mensaje no se entregó a {ANA}.",
        estado=(
            "Reporting-MTA: dns; correo.example\nArrival-Date: Wed, 01 Jul 2026 08:00:00 -0700 (PDT)\n"
            f"X-Original-Message-ID: {message_id}\n\n"
            f"Final-Recipient: rfc822; {ANA}\nAction: failed\nStatus: 5.1.1\n"
            "Remote-MTA: dns; mx.correo.example. (192.0.2.26, the server for the domain muni.example.)\n"
            "Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.\n"
            " 550 5.1.1 NoSuchUser\n"
            "Last-Attempt-Date: Wed, 01 Jul 2026 08:00:01 -0700 (PDT)\n"
        ),
    )


def buzon_lleno(message_id):
    return _informe(
        message_id,
        de="MAILER-DAEMON@mx.muni.example",
        texto="Message could not be delivered for 5 days",
        estado=(
            "Reporting-MTA: dns; correo.conectamef.example\n\n"
            f"Final-Recipient: rfc822; {ANA}\nAction: failed\nStatus: 4.2.2\n"
            "Diagnostic-Code: smtp; 452 4.2.2 The email account is over quota\n"
        ),
    )


def demora(message_id):
    return _informe(
        message_id,
        de="MAILER-DAEMON@mx.muni.example",
        texto="THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
        estado=f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANA}\nAction: delayed\nStatus: 4.4.1\n",
    )


def por_politica(message_id):
    """Nos rechazan a nosotros, no es que la dirección no exista."""
    return _informe(
        message_id,
        de="postmaster@muni.example",
        texto="Your message was blocked",
        estado=(
            f"Reporting-MTA: dns; x.example\n\nFinal-Recipient: rfc822; {ANA}\nAction: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: smtp; 550 5.7.1 Service unavailable; client host [192.0.2.9] blocked\n"
        ),
    )


def reenviada(message_id):
    """Ana reenvía su correo a otro buzón, y el que rebota es ese."""
    return _informe(
        message_id,
        de="MAILER-DAEMON@mx.muni.example",
        texto="550 5.1.1 no existe",
        estado=(
            "Reporting-MTA: dns; x.example\n\n"
            "Final-Recipient: rfc822; otra@correo.example\nAction: failed\nStatus: 5.1.1\n"
        ),
    )


def exim(message_id):
    """El de Exim sin multipart: la cabecera dice quién y el texto trae las cabeceras del original."""
    return (
        f"X-Failed-Recipients: {ANA}\nAuto-Submitted: auto-replied\n"
        "From: Mail Delivery System <Mailer-Daemon@x.example>\n"
        "To: no-responder@conectamef.example\nSubject: Mail delivery failed: returning message to sender\n"
        "Message-Id: <E1abc-0001@x.example>\n\n"
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its\n"
        "recipients. This is a permanent error.\n\n"
        f"  {ANA}\n    host mx.muni.example [192.0.2.5]\n"
        f"    SMTP error from remote mail server after RCPT TO:<{ANA}>:\n"
        f"    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n"
        f"Return-path: <no-responder@conectamef.example>\n{original(message_id)}"
    ).encode()


def qmail(message_id):
    return (
        "From: MAILER-DAEMON@mx.muni.example\nTo: no-responder@conectamef.example\nSubject: failure notice\n\n"
        "Hi. This is the qmail-send program at mx.muni.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{ANA}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <no-responder@conectamef.example>\n{original(message_id)}"
    ).encode()


def queja(message_id, clase="abuse", con_direccion=True):
    destino = f"Original-Rcpt-To: <{ANA}>\n" if con_direccion else ""
    return _informe(
        message_id,
        de="feedback@correo.example",
        texto="This is an email abuse report",
        estado=(
            f"Feedback-Type: {clase}\nUser-Agent: Yahoo!-Mail-Feedback/2.0\nVersion: 1\n{destino}"
            "Original-Mail-From: <no-responder@conectamef.example>\nSource-IP: 192.0.2.10\n"
        ),
        tipo="feedback-report",
    )


def vacaciones(message_id):
    return (
        f"From: {ANA}\nTo: no-responder@conectamef.example\nSubject: Estoy de vacaciones\nIn-Reply-To: {message_id}\n"
        "Auto-Submitted: auto-replied\n\nVuelvo el lunes 5.1.1.\n"
    ).encode()


def de_una_persona(message_id):
    return (
        f"From: {ANA}\nTo: no-responder@conectamef.example\nSubject: Re: Boletin\nIn-Reply-To: {message_id}\n\n"
        "Gracias, pero el 550 del mes pasado no llega.\n"
    ).encode()
