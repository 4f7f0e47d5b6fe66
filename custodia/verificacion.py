"""Recorrer la cadena del rastro, decir la primera fila que no cuadra y sellar la punta de cada día (ADR 0025)."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from . import guardas
from .cadena import CAMPOS, RAIZ, VENTANA, encadenar_pendientes, resumen
from .models import Eslabon, Huella, Punta, Sello

# Entre que se anota y se encadena pasan segundos; si las tareas periódicas se detienen, lo que duren detenidas.
DEMORA = dt.timedelta(days=1)
SIN_SELLO = dt.timedelta(days=2)

registro = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hallazgo:
    """La primera fila que no cuadra. ``numero`` es su lugar en la cadena (0 si no tiene) y ``huella`` su llave."""

    que: str
    numero: int
    huella: int | None = None

    def __str__(self):
        de_huella = f" (huella {self.huella})" if self.huella else ""
        return f"N.° {self.numero}{de_huella}: {self.que}" if self.numero else f"Huella {self.huella}: {self.que}"


@dataclass
class Resultado:
    filas: int
    punta: str
    hallazgo: Hallazgo | None = None
    demoradas: int = 0


def verificar(*, desde: Sello | None = None) -> Resultado:
    """Recorre la cadena desde el principio o desde un sello; se detiene en la primera fila que no cuadra."""
    numero, anterior = (desde.numero, desde.sha256) if desde else (0, RAIZ)
    resultado = Resultado(0, anterior)
    if desde and (falta := _contra_su_sello(desde)):
        resultado.hallazgo = falta
        return resultado
    sellos = dict(Punta.objects.filter(numero__gt=numero).values_list("numero", "sha256"))
    sellos |= dict(Sello.objects.filter(numero__gt=numero).order_by("-fecha").values_list("numero", "sha256"))
    for fila in _eslabones(numero).iterator(chunk_size=5000):
        numero += 1
        resultado.hallazgo = _revisar(fila, numero, anterior, sellos)
        if resultado.hallazgo:
            return resultado
        anterior = fila[2]
        resultado.demoradas += fila[3] - fila[5] > DEMORA
        resultado.filas, resultado.punta = resultado.filas + 1, anterior
    resultado.hallazgo = _lo_que_queda(numero, sellos)
    return resultado


def _eslabones(numero: int):
    campos = ("numero", "anterior", "sha256", "encadenada_en", *(f"huella__{campo}" for campo in CAMPOS))
    return Eslabon.objects.filter(numero__gt=numero).order_by("numero").values_list(*campos)


def _revisar(fila, esperado: int, anterior: str, sellos: dict) -> Hallazgo | None:
    numero, su_anterior, sha256, encadenada_en, *valores = fila
    if numero != esperado:
        return _borrada(esperado)
    if su_anterior != anterior:
        return Hallazgo("no continúa a la que la precede: se intercaló o se reemplazó una fila", numero, valores[0])
    if resumen(numero=numero, anterior=anterior, encadenada_en=encadenada_en, valores=tuple(valores)) != sha256:
        return Hallazgo("se alteró: su contenido no es el que se anotó", numero, valores[0])
    if sellos.get(numero, sha256) != sha256:
        return Hallazgo("no es la que se selló: la cadena se rehízo", numero, valores[0])
    return None


def _borrada(numero: int) -> Hallazgo:
    queda = Eslabon.objects.filter(numero=numero).values_list("huella_id", flat=True).first()
    return Hallazgo("se borró la huella" if queda else "se borró el eslabón", numero, queda)


def _contra_su_sello(sello: Sello) -> Hallazgo | None:
    if not sello.numero:
        return None
    sha256 = Eslabon.objects.filter(numero=sello.numero).values_list("sha256", flat=True).first()
    if sha256 == sello.sha256:
        return None
    return Hallazgo("no es la que se selló: la cadena se rehízo o se recortó", sello.numero)


def _lo_que_queda(ultimo: int, sellos: dict) -> Hallazgo | None:
    """Al llegar al final: lo que se borró de él, la punta que no lo acompañó y lo viejo que nadie encadenó."""
    if recortados := sorted(numero for numero in sellos if numero > ultimo):
        if Eslabon.objects.filter(numero=ultimo + 1).exists():
            return _borrada(ultimo + 1)
        return Hallazgo(f"se recortó el final: llegaba hasta la N.° {recortados[-1]}", ultimo + 1)
    # En este orden: lo que se encadene mientras tanto mueve las dos a la vez.
    final = Eslabon.objects.order_by("-numero").values_list("numero", flat=True).first() or 0
    punta = Punta.objects.first()
    if final > (punta.numero if punta else 0):
        return Hallazgo("pasa de la punta anotada: se recortó el final y se siguió, o se borró la punta", final)
    viejas = Huella.objects.filter(eslabon__isnull=True, ocurrida_en__lt=timezone.now() - VENTANA)
    if suelta := viejas.order_by("pk").values_list("pk", flat=True).first():
        return Hallazgo("se intercaló: tiene fecha vieja y no está en la cadena", 0, suelta)
    return None


def encadenar_lo_pendiente() -> str:
    """Cada minuto: lo que quedó sin encadenar porque su proceso murió al confirmar.

    Si la punta avanzó, la dice: queda en el registro del servidor, donde quien entra a la base no llega.
    """
    encadenar_pendientes()
    punta = Punta.objects.filter(numero__gt=F("dicha")).first()
    if punta is None:
        return ""
    Punta.objects.filter(dicha__lt=punta.numero).update(dicha=punta.numero)
    return f"rastro hasta {punta}"


def sellar_el_dia() -> str:
    """Una vez al día: revisa lo agregado desde el sello anterior y guarda la punta. El texto queda en el registro."""
    hoy = timezone.localdate()
    ultimo = Sello.objects.order_by("-fecha").first()
    if ultimo and ultimo.fecha >= hoy:
        return ""
    encadenar_pendientes()
    resultado = verificar(desde=ultimo)
    if resultado.hallazgo:
        registro.error("El rastro no cuadra y no se selló. %s", resultado.hallazgo)
        return "el rastro no cuadra: corra verificar_rastro"
    with transaction.atomic():
        punta = Eslabon.objects.filter(sha256=resultado.punta).first()
        sello, _ = Sello.objects.get_or_create(
            fecha=hoy, defaults={"numero": punta.numero if punta else 0, "sha256": resultado.punta}
        )
    registro.info("Rastro sellado: %s:%s", sello.numero, sello.sha256)
    return f"rastro sellado {sello.numero}:{sello.sha256}"


def rastro_al_dia():
    """Para /salud/: que el último sello sea reciente y los disparadores estén puestos."""
    if guardas.faltan(connection):
        return "rastro", False, "faltan disparadores"
    ultimo = Sello.objects.order_by("-fecha").first()
    if ultimo is None:
        return "rastro", True, "todavía sin sellar"
    return "rastro", timezone.now() - ultimo.sellado_en < SIN_SELLO, f"sellado el {ultimo.fecha:%d/%m/%Y}"
