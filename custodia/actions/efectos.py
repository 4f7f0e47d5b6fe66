"""Lo que una solicitud cambia: la copia de los datos, la corrección y la cancelación."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone

from comun.indice import olvidar_palabras
from custodia.actions.derechos import NoProcede, anotar_paso
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.finalidades import PLAZOS
from custodia.models import ArchivoPrivado, SolicitudDeDerechos
from custodia.paquete import armar

E = SolicitudDeDerechos.Estado
ZIP = "application/zip"


class CambioMientras(NoProcede):
    """Lo que se aceptó ya no es lo que se haría: hay que mirarlo otra vez."""


@transaction.atomic
def preparar_paquete(*, solicitud: SolicitudDeDerechos, por, request=None) -> SolicitudDeDerechos:
    """Arma la copia de los datos de la persona y la guarda como archivo privado, con vencimiento."""
    solicitud = _verificada(solicitud)
    anterior = solicitud.paquete
    contenido, cuentas = armar(solicitud.titular)
    solicitud.paquete = guardar_archivo(
        contenido=contenido,
        nombre=f"{solicitud.numero}.zip",
        tipo=ZIP,
        finalidad=ArchivoPrivado.Finalidad.DERECHOS,
        por=por,
    )
    solicitud.paquete_hasta = timezone.localdate() + dt.timedelta(days=PLAZOS["paquetes"].dias)
    solicitud.save(update_fields=["paquete", "paquete_hasta"])
    if anterior:
        borrar_archivo(anterior)
    anotar_paso(solicitud, "Copia de los datos preparada", por=por, request=request, **cuentas)
    return solicitud


@transaction.atomic
def adjuntar_documento(*, solicitud: SolicitudDeDerechos, contenido: bytes, por=None, request=None):
    """La copia del documento de identidad, ya leída como PDF; reemplaza a la anterior."""
    solicitud = SolicitudDeDerechos.objects.select_for_update().get(pk=solicitud.pk)
    anterior = solicitud.copia_de_documento
    solicitud.copia_de_documento = guardar_archivo(
        contenido=contenido,
        nombre=f"{solicitud.numero}-documento.pdf",
        tipo="application/pdf",
        finalidad=ArchivoPrivado.Finalidad.DERECHOS,
        por=por,
    )
    solicitud.save(update_fields=["copia_de_documento"])
    if anterior:
        borrar_archivo(anterior)
    anotar_paso(solicitud, "Copia del documento adjunta", por=por, request=request)
    return solicitud


@transaction.atomic
def ejecutar(*, solicitud: SolicitudDeDerechos, calcular, aceptados: str, por, request=None) -> list:
    """Hace todo lo que ``calcular(solicitud)`` dice, o nada, y guarda qué se hizo.

    ``aceptados``: el ``sello_de`` de lo que se mostró; si los datos cambiaron entretanto levanta ``CambioMientras``.
    """
    solicitud = _verificada(solicitud)
    efectos = calcular(solicitud)
    if sello_de(efectos) != aceptados:
        raise CambioMientras("Los datos cambiaron mientras tanto: revise otra vez lo que se hará.")
    for efecto in efectos:
        if efecto.aplicar:
            efecto.aplicar(por)
    olvidar_palabras(connection)
    hecho = [[e.clave, e.titulo, str(e.que), e.cuantas, e.por_que] for e in efectos]
    solicitud.resultado = [*solicitud.resultado, *hecho]
    solicitud.save(update_fields=["resultado"])
    cuentas = {str(e.que).lower(): sum(x.cuantas for x in efectos if x.que == e.que) for e in efectos}
    anotar_paso(solicitud, f"{solicitud.que_derecho} aplicada", por=por, request=request, **cuentas)
    return hecho


def sello_de(efectos) -> str:
    """Lo que identifica una lista de efectos: si algo cambia, cambia."""
    return ";".join(f"{e.clave}={e.cuantas}" for e in efectos)


def _verificada(solicitud) -> SolicitudDeDerechos:
    solicitud = SolicitudDeDerechos.objects.select_for_update().get(pk=solicitud.pk)
    if solicitud.estado != E.EN_ATENCION:
        raise NoProcede("Primero verifique la identidad de la persona.")
    return solicitud
