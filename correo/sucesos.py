"""Lo que se sabe de una entrega después de enviarla: rebotes, quejas y bajas (ADR 0020).

El mismo aviso cuenta una vez, llegue por donde llegue y cuantas veces llegue, y ninguno resucita una dirección.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from comun.registros import al_suprimir

from .models import Entrega, Suceso, Supresion

T = Suceso.Tipo
REBOTES_PASAJEROS = 3
EN_CUANTO = dt.timedelta(days=90)
RECIENTE = dt.timedelta(days=30)
# De la que menos pesa a la que más: confirmar otra vez la suscripción solo levanta una baja.
_PESO = {Supresion.Motivo.BAJA: 0, Supresion.Motivo.REBOTE: 1, Supresion.Motivo.QUEJA: 2}
_propio = re.compile(r"<entrega-(\d{1,18})-[0-9a-f]{16}@[^<>\s]+>")


@transaction.atomic
def anotar_suceso(
    *,
    origen: str,
    identificador: str,
    tipo: str,
    direccion: str = "",
    entrega: Entrega | None = None,
    ocurrido_en: dt.datetime | None = None,
    detalle: str = "",
) -> bool:
    """Anota el suceso y lo que trae consigo; falso si ya estaba o no dice de quién es.

    ``origen`` e ``identificador`` lo hacen irrepetible; sin identificador vale una huella de lo que dice. Con
    ``entrega``, la dirección es la suya: un reenvío puede rebotar con otra. Un rebote definitivo y una queja suprimen
    la dirección; un pasajero, cuando van tres envíos en noventa días.
    """
    direccion = _limpio(entrega.direccion if entrega else direccion).lower()[:254]
    if not direccion:
        return False
    detalle = _limpio(detalle)[:300]
    llave = _limpio(identificador) or f"{tipo} {direccion} {ocurrido_en} {detalle}"
    _, es_nuevo = Suceso.objects.get_or_create(
        origen=origen[:30],
        identificador=llave if len(llave) <= 200 else hashlib.sha256(llave.encode()).hexdigest(),
        defaults={
            "tipo": tipo,
            "direccion": direccion,
            "entrega": entrega,
            "ocurrido_en": _cuando(ocurrido_en),
            "detalle": detalle,
        },
    )
    if es_nuevo:
        _aplicar(tipo, direccion, entrega)
    return es_nuevo


def anotar_baja(entrega_pk, direccion: str) -> bool:
    """Cuenta la baja que vino del enlace de una entrega: una por entrega, y solo si la dirección es la suya.

    ``entrega_pk`` viene de una dirección web: puede ser cualquier cosa. No suprime nada; eso lo hace quien da de baja.
    """
    texto = str(entrega_pk or "")
    if not (texto.isascii() and texto.isdigit() and len(texto) <= 18):
        return False
    entrega = Entrega.objects.filter(pk=int(texto), direccion=(direccion or "").strip().lower()).first()
    if entrega is None:
        return False
    _, es_nueva = Suceso.objects.get_or_create(
        origen="portal",
        identificador=f"baja:{entrega.pk}",
        defaults={
            "tipo": T.BAJA,
            "direccion": entrega.direccion,
            "entrega": entrega,
            "ocurrido_en": timezone.now(),
        },
    )
    return es_nueva


def entrega_de(*, message_id: str = "", id_de_proveedor: str = "") -> Entrega | None:
    """La entrega que nombra un aviso, por el Message-ID que le puso el portal o por el identificador del proveedor."""
    for encontrado in _propio.finditer(message_id or ""):
        entrega = Entrega.objects.filter(pk=int(encontrado[1]), message_id=encontrado[0]).first()
        if entrega:
            return entrega
    identificadores = {i for i in (id_de_proveedor, (id_de_proveedor or "").strip("<>")) if i}
    return Entrega.objects.filter(id_de_proveedor__in=identificadores).first() if identificadores else None


def ultima_entrega_a(direccion: str) -> Entrega | None:
    """A falta de otra señal, lo último que salió a ``direccion`` en un mes."""
    desde = timezone.now() - RECIENTE
    salidas = Entrega.objects.filter(direccion=_limpio(direccion).lower(), enviada_en__gte=desde)
    return salidas.order_by("-enviada_en", "-pk").first()


def insiste(sucesos: Iterable[tuple[int, dt.datetime]]) -> bool:
    """Si entre esos pares (envío, cuándo), en cualquier orden, hay tres envíos distintos dentro de noventa días."""
    en_orden = sorted(sucesos, key=lambda par: par[1])
    for n, (_, primero) in enumerate(en_orden):
        if len({envio for envio, cuando in en_orden[n:] if cuando - primero <= EN_CUANTO}) >= REBOTES_PASAJEROS:
            return True
    return False


def suprimir(direccion: str, motivo: str) -> bool:
    """No se le vuelve a escribir a muchos. Falso si ya estaba suprimida por una razón igual o más fuerte."""
    fila, es_nueva = Supresion.objects.select_for_update().get_or_create(
        direccion=direccion, defaults={"motivo": motivo}
    )
    if not es_nueva and _PESO[motivo] <= _PESO[fila.motivo]:
        return False
    if not es_nueva:
        fila.motivo = motivo
        fila.save(update_fields=["motivo"])
    for avisar in al_suprimir:
        avisar(direccion, motivo)
    return True


def _aplicar(tipo: str, direccion: str, entrega: Entrega | None) -> None:
    if tipo == T.REBOTE:
        _marcar_rebotada(entrega)
        suprimir(direccion, Supresion.Motivo.REBOTE)
    elif tipo == T.QUEJA:
        suprimir(direccion, Supresion.Motivo.QUEJA)
    elif tipo == T.BAJA:
        suprimir(direccion, Supresion.Motivo.BAJA)
    elif insiste(_pasajeros_de(direccion)):
        suprimir(direccion, Supresion.Motivo.REBOTE)


def _marcar_rebotada(entrega: Entrega | None) -> None:
    """También una dudosa o por reintentar: si rebotó, salió, y repetirla no sirve."""
    if entrega is None:
        return
    Entrega.objects.empezadas().filter(pk=entrega.pk).exclude(estado=Entrega.Estado.FALLIDA).update(
        estado=Entrega.Estado.REBOTADA, arrendada_hasta=None, siguiente_intento_en=None
    )


def _pasajeros_de(direccion: str):
    sucesos = Suceso.objects.filter(direccion=direccion, tipo=T.REBOTE_PASAJERO, entrega__isnull=False)
    return sucesos.values_list("entrega__envio", "ocurrido_en")


def _cuando(momento: dt.datetime | None) -> dt.datetime:
    """Un reloj ajeno adelantado no deja el suceso en el futuro; sin zona, se entiende UTC."""
    ahora = timezone.now()
    if momento is None:
        return ahora
    return min(momento if timezone.is_aware(momento) else momento.replace(tzinfo=dt.UTC), ahora)


def _limpio(texto) -> str:
    """En una línea y sin lo que la base no guarda: viene de fuera."""
    return " ".join(str(texto or "").encode("utf-8", "replace").decode().replace("\x00", "").split())
