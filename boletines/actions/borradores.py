"""El borrador de un correo informativo: guardarlo, corregirlo y borrarlo (R112). Enviado, ya no cambia."""

from collections.abc import Iterable

from django.db import transaction

from boletines.models import AdjuntoDeCorreo, CorreoDifundido
from boletines.segmentos import Segmento
from correo.actions import Adjunto
from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from organizacion.models import Sistema, Usuario

MAXIMO_DE_ADJUNTOS = 3


class YaEnviado(Exception):
    """El correo salió: no se corrige ni se borra."""


class DemasiadosAdjuntos(Exception):
    """Con los que ya tiene, pasan del máximo."""


@transaction.atomic
def guardar_informativo(
    *,
    correo: CorreoDifundido | None = None,
    asunto: str,
    cuerpo: str,
    sistema: Sistema | None,
    segmento: Segmento,
    por: Usuario,
    adjuntos: Iterable[Adjunto] = (),
    quitar: Iterable[int] = (),
    request=None,
) -> CorreoDifundido:
    """Crea el borrador o corrige ``correo``. ``quitar``: llaves de los adjuntos que se retiran.

    Levanta ``YaEnviado`` o ``DemasiadosAdjuntos``, y entonces nada cambia.
    """
    es_nuevo = correo is None
    correo = CorreoDifundido(tipo=CorreoDifundido.Tipo.INFORMATIVO, creado_por=por) if es_nuevo else _abierto(correo)
    correo.asunto, correo.cuerpo, correo.sistema = asunto, cuerpo, sistema
    correo.centro_id, correo.segmento = segmento.centro, segmento.a_json()
    correo.full_clean(exclude=["envio", "creado_por"])
    correo.save()
    _poner_adjuntos(correo, adjuntos, quitar, por)
    accion = "crear borrador informativo" if es_nuevo else "corregir borrador informativo"
    anotar(accion=accion, por=por, objeto=correo, request=request)
    return correo


@transaction.atomic
def borrar_borrador(*, correo: CorreoDifundido, por: Usuario, request=None) -> None:
    """Borra el borrador con sus adjuntos. Levanta ``YaEnviado``."""
    correo = _abierto(correo)
    anotar(accion="borrar borrador informativo", por=por, objeto=correo, request=request)
    for adjunto in correo.adjuntos.select_related("archivo"):
        _quitar(adjunto)
    correo.delete()


def _abierto(correo) -> CorreoDifundido:
    correo = CorreoDifundido.objects.select_for_update(of=("self",)).get(pk=correo.pk)
    if correo.enviado_en:
        raise YaEnviado("Este correo ya se envió: no se puede cambiar.")
    return correo


def _poner_adjuntos(correo, adjuntos, quitar, por) -> None:
    adjuntos = list(adjuntos)
    for adjunto in correo.adjuntos.filter(pk__in=list(quitar)).select_related("archivo"):
        _quitar(adjunto)
    # Antes de guardar ninguno: deshacer la transacción no borra un archivo.
    if correo.adjuntos.count() + len(adjuntos) > MAXIMO_DE_ADJUNTOS:
        raise DemasiadosAdjuntos(f"Lleva a lo más {MAXIMO_DE_ADJUNTOS} adjuntos.")
    for nuevo in adjuntos:
        archivo = guardar_archivo(
            contenido=nuevo.contenido,
            nombre=nuevo.nombre,
            tipo=nuevo.tipo,
            finalidad=ArchivoPrivado.Finalidad.ADJUNTO,
            por=por,
        )
        AdjuntoDeCorreo.objects.create(correo=correo, archivo=archivo)


def _quitar(adjunto) -> None:
    archivo = adjunto.archivo
    adjunto.delete()
    borrar_archivo(archivo)
