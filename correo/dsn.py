"""Leer avisos de rebote (RFC 3464 y los de Exim y qmail) y quejas (ARF, RFC 5965). Puro: entran octetos, salen avisos.

Un aviso llega por correo de cualquiera: aquí solo se lee lo que dice. Si es creíble lo decide ``correo.buzon``.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses, parseaddr

REBOTE, PASAJERO, QUEJA = "rebote", "pasajero", "queja"
# Lo que un mensaje raro puede levantar en ``email``; un aviso ilegible es uno que no se entiende.
_RAROS = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
# Un 5 que habla del mensaje, del buzón lleno o de una política, no de que la dirección no exista.
_NO_ES_LA_DIRECCION = re.compile(r"5\.(?:2\.[23]|3\.\d+|6\.\d+|7\.\d+)")
_ampliado = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_basico = re.compile(r"(?<![\d.])([45]\d\d)(?!\.?\d)")
_identificador = re.compile(r"^message-id:\s*(<[^<>\s]{1,250}>)", re.I | re.M)
_de_qmail = re.compile(r"^<([^<>\s@]+@[^<>\s]+)>:\s*\n((?:(?!<|---)[^\n]+\n?)+)", re.M)
_quejas = {"abuse", "fraud", "virus", "other", "opt-out"}


@dataclass(frozen=True)
class Aviso:
    """``direcciones``: las que el aviso nombra, la final y la original, en minúsculas. ``message_id``: del original."""

    tipo: str
    direcciones: tuple[str, ...]
    message_id: str
    detalle: str


def sobres(octetos: bytes) -> list[str]:
    """A qué direcciones llegó el aviso: con VERP, la del sobre dice de qué entrega es."""
    try:
        mensaje = email.message_from_bytes(octetos, policy=email.policy.compat32)
        valores = [str(v) for nombre in ("Delivered-To", "X-Original-To", "To") for v in mensaje.get_all(nombre, [])]
        return [direccion for _, direccion in getaddresses(valores) if "@" in direccion]
    except _RAROS:
        return []


def leer(octetos: bytes) -> list[Aviso] | None:
    """Los avisos de un mensaje; ninguno si se entiende y no hay qué anotar (una demora), ``None`` si no se entiende."""
    try:
        mensaje = email.message_from_bytes(octetos, policy=email.policy.compat32)
        return _leer(mensaje)
    except _RAROS:
        return None


def tipo_de_rebote(codigos: str) -> str | None:
    """Según el código más preciso de ``codigos`` («smtp; 550 5.1.1 …»): ``REBOTE`` o ``PASAJERO``; ``None`` sin uno."""
    ampliados = _ampliado.findall(codigos)
    # «5.0.0» no dice nada: manda uno más preciso, si lo hay.
    codigo = next((c for c in ampliados if not c.endswith(".0.0")), ampliados[0] if ampliados else "")
    if not codigo:
        basico = _basico.search(codigos)
        codigo = basico[1] if basico else ""
    if not codigo or codigo[0] not in "45":
        return None
    es_pasajero = codigo.startswith("4") or codigo == "552" or _NO_ES_LA_DIRECCION.fullmatch(codigo)
    return PASAJERO if es_pasajero else REBOTE


def _leer(mensaje: Message) -> list[Aviso] | None:
    partes = list(mensaje.walk())
    original = _message_id_del_original(mensaje, partes)
    for parte in partes:
        if parte.get_content_type() == "message/feedback-report":
            return _queja(parte, partes, original)
        if parte.get_content_type() == "message/delivery-status":
            return _de_estado(parte, original)
    texto = _texto(partes)
    if fallidos := _cabecera(mensaje, "X-Failed-Recipients"):
        direcciones = [d.strip() for d in fallidos.split(",")]
        tipo = tipo_de_rebote(texto) or PASAJERO
        return [Aviso(tipo, (d.lower(),), original, _resumir(texto)) for d in direcciones if "@" in d] or None
    if "qmail-send" in texto:
        return _de_qmail_send(texto, original)
    es_automatica = _cabecera(mensaje, "Auto-Submitted").lower().startswith("auto-replied")
    return [] if es_automatica else None


def _de_estado(parte: Message, original: str) -> list[Aviso] | None:
    """Un bloque de campos por destinatario, después del bloque del mensaje (RFC 3464 §2)."""
    bloques = [b for b in _anidados(parte) if b.get("Final-Recipient") or b.get("Original-Recipient")]
    if not bloques:
        return None
    avisos = []
    for bloque in bloques:
        if _cabecera(bloque, "Action").lower() != "failed":
            continue
        estado, motivo = _cabecera(bloque, "Status"), _cabecera(bloque, "Diagnostic-Code")
        tipo = tipo_de_rebote(f"{motivo} {estado}") or PASAJERO
        direcciones = _direcciones(bloque, "Original-Recipient", "Final-Recipient")
        if direcciones:
            avisos.append(Aviso(tipo, direcciones, original, _resumir(motivo or estado)))
    return avisos


def _queja(parte: Message, partes: list[Message], original: str) -> list[Aviso] | None:
    informe = next(_anidados(parte), None)
    if informe is None:
        return None
    clase = _cabecera(informe, "Feedback-Type").lower()
    if clase not in _quejas:
        return []
    direcciones = _direcciones(informe, "Original-Rcpt-To", "Removal-Recipient")
    if not direcciones:
        de_vuelta = [p for p in partes if p.get("Message-ID") and p.get("To") and p is not partes[0]]
        direcciones = tuple(d for p in de_vuelta if (d := parseaddr(_cabecera(p, "To"))[1].lower()))
    return [Aviso(QUEJA, direcciones, original, _resumir(f"{clase} {_cabecera(informe, 'User-Agent')}"))]


def _de_qmail_send(texto: str, original: str) -> list[Aviso] | None:
    avisos = [
        Aviso(tipo_de_rebote(dicho) or PASAJERO, (direccion.lower(),), original, _resumir(dicho))
        for direccion, dicho in _de_qmail.findall(texto.replace("\r\n", "\n"))
    ]
    return avisos or None


def _anidados(parte: Message) -> Iterator[Message]:
    carga = parte.get_payload()
    if isinstance(carga, list):
        yield from (bloque for bloque in carga if isinstance(bloque, Message))
    elif isinstance(carga, str):  # un servidor que lo mandó en base64, o una sola vez sin bloques
        yield email.message_from_string(_decodificar(parte))


def _message_id_del_original(mensaje: Message, partes: list[Message]) -> str:
    """El del mensaje devuelto; si no vino, el que cita la respuesta."""
    for parte in partes[1:]:
        if parte.get("Message-ID"):
            return _cabecera(parte, "Message-ID")
    for parte in partes:
        if parte.get_content_maintype() == "text" and (encontrado := _identificador.search(_decodificar(parte))):
            return encontrado[1]
    for nombre in ("X-Original-Message-ID", "Original-Message-ID", "In-Reply-To", "References"):
        if valor := _cabecera(mensaje, nombre):
            return valor
    return ""


def _direcciones(bloque: Message, *nombres: str) -> tuple[str, ...]:
    """«rfc822; ana@muni.example» → «ana@muni.example», sin repetir."""
    valores = (_cabecera(bloque, nombre).rpartition(";")[2].strip().strip("<>").lower() for nombre in nombres)
    return tuple(dict.fromkeys(v for v in valores if "@" in v and len(v) <= 254))


def _cabecera(mensaje: Message, nombre: str) -> str:
    return " ".join(str(mensaje.get(nombre) or "").split())


def _texto(partes: list[Message]) -> str:
    return "\n".join(_decodificar(p) for p in partes if p.get_content_type() == "text/plain")


def _decodificar(parte: Message) -> str:
    octetos = parte.get_payload(decode=True)
    return octetos.decode("utf-8", "replace").replace("\x00", "") if isinstance(octetos, bytes) else ""


def _resumir(texto: str) -> str:
    return " ".join(texto.replace("\x00", "").split())[:300]
