"""Lo que mandan los proveedores, con la forma de su documentación y datos inventados."""

import hashlib
import hmac
import json

LLAVE_DE_MAILGUN = "llave-de-firma"


def mailgun(suceso="failed", *, direccion, message_id, severidad="permanent", token="t" * 50, codigo=550, llave=None):
    momento = "1751385600"
    firma = hmac.new((llave or LLAVE_DE_MAILGUN).encode(), f"{momento}{token}".encode(), hashlib.sha256).hexdigest()
    return json.dumps(
        {
            "signature": {"token": token, "timestamp": momento, "signature": firma},
            "event-data": {
                "event": suceso,
                "severity": severidad,
                "reason": "bounce",
                "id": "G9Bn5sl1TC6nu79C8C0bwg",
                "timestamp": 1751385600.5,
                "log-level": "error",
                "recipient": direccion,
                "recipient-domain": direccion.partition("@")[2],
                "delivery-status": {
                    "code": codigo,
                    "message": "5.1.1 The email account that you tried to reach does not exist",
                    "description": "",
                    "attempt-no": 1,
                    "session-seconds": 0.43,
                },
                "message": {
                    "headers": {"to": direccion, "message-id": message_id.strip("<>"), "subject": "Boletín de julio"},
                    "attachments": [],
                    "size": 867,
                },
                "user-variables": {},
                "tags": [],
                "flags": {"is-routed": False, "is-authenticated": True, "is-test-mode": False},
            },
        }
    )


def postmark(clase="HardBounce", *, direccion, message_id, llave=4323372036854775807, tipo="Bounce"):
    return json.dumps(
        {
            "RecordType": tipo,
            "MessageStream": "broadcast",
            "ID": llave,
            "Type": clase,
            "TypeCode": 1,
            "Name": "Hard bounce",
            "Tag": "",
            "MessageID": message_id,
            "Metadata": {},
            "ServerID": 1234,
            "Description": "The server was unable to deliver your message",
            "Details": "smtp;550 5.1.1 The email account does not exist.",
            "Email": direccion,
            "From": "no-responder@conectamef.example",
            "BouncedAt": "2026-07-01T16:33:54.9070259Z",
            "DumpAvailable": True,
            "Inactive": True,
            "CanActivate": True,
            "Subject": "Boletín de julio",
        }
    )


def brevo(suceso="hard_bounce", *, direccion, message_id, momento=1751385600123):
    return json.dumps(
        {
            "event": suceso,
            "email": direccion,
            "id": 26224,
            "date": "2026-07-01 11:00:00",
            "ts": 1751385600,
            "message-id": message_id,
            "ts_event": 1751385600,
            "subject": "Boletín de julio",
            "sending_ip": "192.0.2.10",
            "ts_epoch": momento,
            "reason": "550 5.5.0 Requested action not taken: mailbox unavailable",
        }
    )
