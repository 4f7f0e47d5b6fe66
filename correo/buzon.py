"""El buzón de rebotes, para quien envía por SMTP a secas: se lee por IMAP y lo que avisa se anota (ADR 0020).

A un buzón le escribe cualquiera. Un aviso vale si cita el Message-ID que el portal puso en una entrega, o llegó a su
remitente de sobre (VERP): los dos llevan una huella que nadie más puede calcular. Si no, cualquiera haría que el portal
deje de escribirle a otra persona.
"""

import contextlib
import hashlib
import imaplib
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from comun.registros import periodicas

from . import dsn
from .cabeceras import entrega_del_sobre
from .models import Entrega, Suceso
from .sucesos import anotar_suceso, entrega_de

# Lo que se lee en una vuelta, y de cada mensaje: el aviso y las cabeceras del devuelto van al comienzo.
POR_VUELTA = 200
MAXIMO_OCTETOS = 256 * 1024
SEGUNDOS = 30
# Un mensaje que no se entiende se queda sin leer para una persona; mientras tanto no se vuelve a bajar cada minuto.
RECORDAR = 7 * 24 * 3600


@dataclass
class Cuenta:
    """Cuántos mensajes se entendieron, cuántos sucesos nuevos dejaron, y cuántos quedaron sin leer."""

    leidos: int = 0
    anotados: int = 0
    sin_entender: int = 0

    def __str__(self):
        return f"{self.leidos} avisos leídos, {self.anotados} sucesos nuevos, {self.sin_entender} sin entender."


@periodicas.anotar
def leer_rebotes() -> str:
    if not settings.REBOTES_IMAP_HOST:
        return ""
    cuenta = leer_buzon()
    return str(cuenta) if cuenta != Cuenta() else ""


def leer_buzon() -> Cuenta:
    """Lee lo no leído del buzón. Levanta ``OSError`` o ``imaplib.IMAP4.error`` si no atiende o rechaza la clave."""
    cuenta, imap = Cuenta(), _abrir()
    try:
        imap.login(settings.REBOTES_IMAP_USUARIO, settings.REBOTES_IMAP_CLAVE)
        carpeta = settings.REBOTES_IMAP_CARPETA.replace("\\", "").replace('"', "")
        estado, datos = imap.select(f'"{carpeta}"')
        if estado != "OK":
            raise imaplib.IMAP4.error(f"No se pudo abrir la carpeta {carpeta!r}: {datos!r}")
        for uid in _sin_leer(imap):
            _atender(imap, uid, cuenta)
    finally:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            imap.logout()
    return cuenta


def _abrir() -> imaplib.IMAP4:
    servidor, puerto = settings.REBOTES_IMAP_HOST, settings.REBOTES_IMAP_PUERTO
    if settings.REBOTES_IMAP_SSL:
        return imaplib.IMAP4_SSL(servidor, puerto, ssl_context=ssl.create_default_context(), timeout=SEGUNDOS)
    return imaplib.IMAP4(servidor, puerto, timeout=SEGUNDOS)


def _sin_leer(imap) -> list[bytes]:
    """Los UID por leer, los más nuevos primero: uno que no se entiende no tapa a los demás."""
    _, datos = imap.uid("SEARCH", "UNSEEN")
    uids = sorted((datos[0] or b"").split(), key=int, reverse=True) if datos else []
    return [uid for uid in uids if not cache.get(_recuerdo(uid))][:POR_VUELTA]


def _atender(imap, uid: bytes, cuenta: Cuenta) -> None:
    _, datos = imap.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAXIMO_OCTETOS}>)")
    octetos = next((parte[1] for parte in datos or [] if isinstance(parte, tuple)), b"")
    nuevos = anotar_aviso(octetos)
    if nuevos is None:
        cuenta.sin_entender += 1
        cache.set(_recuerdo(uid), True, RECORDAR)
        return
    cuenta.leidos += 1
    cuenta.anotados += nuevos
    # Recién ahora: si algo falla antes, el mensaje sigue sin leer y se vuelve a intentar; lo anotado cuenta una vez.
    imap.uid("STORE", uid, "+FLAGS", r"(\Seen)")


def anotar_aviso(octetos: bytes) -> int | None:
    """Anota lo que dice un mensaje del buzón y devuelve cuántos sucesos nuevos; ``None`` si no se entiende o no es
    creíble."""
    avisos = dsn.leer(octetos)
    if avisos is None:
        return None
    if not avisos:
        return 0
    del_sobre = _entrega_del_sobre(octetos)
    hallados = [(a, entrega) for a in avisos if (entrega := entrega_de(message_id=a.message_id) or del_sobre)]
    if not hallados:
        return None
    nuevos = 0
    for aviso, entrega in hallados:
        tipo = Suceso.Tipo(aviso.tipo)
        if tipo == Suceso.Tipo.REBOTE and entrega.direccion not in aviso.direcciones:
            tipo = Suceso.Tipo.REBOTE_PASAJERO  # rebotó adonde la reenvía, no ella
        huella = hashlib.sha256(octetos).hexdigest()
        nuevos += anotar_suceso(
            origen="buzón", identificador=f"{huella}:{entrega.pk}", tipo=tipo, entrega=entrega, detalle=aviso.detalle
        )
    return nuevos


def _entrega_del_sobre(octetos: bytes) -> Entrega | None:
    llaves = [llave for sobre in dsn.sobres(octetos) if (llave := entrega_del_sobre(sobre))]
    return Entrega.objects.filter(pk__in=llaves).first() if llaves else None


def _recuerdo(uid: bytes) -> str:
    return f"rebotes:{settings.REBOTES_IMAP_HOST}:{settings.REBOTES_IMAP_USUARIO}:{uid.decode('ascii', 'replace')}"
