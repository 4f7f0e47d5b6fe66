"""Emitir el registro de participantes (Anexo 6) en hojas de papel, cada una con su código, y pasarlo después."""

from collections.abc import Sequence

from django.db import transaction

from custodia.actions import anotar
from eventos.firmantes import firman_en_papel
from eventos.models import Asistencia, Capacitacion, HojaDeRegistro, Inscripcion, Sesion

from .asistencia import inscribir_en_puerta, marcar_asistencias
from .rechazos import NoProcede, exigir_abierta

FILAS_POR_HOJA = 12  # las que caben en una cara A4 apaisada: una hoja es una página
EN_BLANCO = 6  # al menos, para quien llega sin inscribirse


class NoSeEmite(NoProcede): ...


@transaction.atomic
def emitir_hojas(*, sesion: Sesion, por) -> list[HojaDeRegistro]:
    """Las hojas vigentes de ``sesion``: las ya emitidas si la lista no cambió, o unas nuevas con otros códigos.

    Las anteriores no se borran: puede haber papel firmado con su código.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=sesion.capacitacion_id)
    _exigir_que_se_emita(capacitacion)
    lista = list(firman_en_papel(capacitacion).values_list("pk", flat=True))
    if esta_al_dia(sesion):
        return hojas_vigentes(sesion)
    emision = _ultima(sesion) + 1
    partes = _partir(lista)
    hojas = HojaDeRegistro.objects.bulk_create(
        [HojaDeRegistro(sesion=sesion, emision=emision, numero=n, emitida_por=por) for n in range(1, len(partes) + 1)]
    )
    _listar(zip(hojas, partes, strict=True))
    detalle = {"hojas": len(hojas), "filas": len(lista), "sesion": str(sesion)}
    anotar(accion="emitir el registro", por=por, objeto=capacitacion, detalle=detalle)
    return hojas


def _exigir_que_se_emita(capacitacion) -> None:
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada:
        raise NoSeEmite("El registro se emite cuando la capacitación está publicada.")
    if capacitacion.es_virtual:
        raise NoSeEmite("Es virtual: en lugar de firmar, cada participante confirma con su enlace.")


def _partir(lista: list[int]) -> list[list[int]]:
    """En hojas de ``FILAS_POR_HOJA``; las últimas quedan en blanco hasta sumar al menos ``EN_BLANCO`` filas libres."""
    partes = [lista[n : n + FILAS_POR_HOJA] for n in range(0, len(lista), FILAS_POR_HOJA)]
    while len(partes) * FILAS_POR_HOJA - len(lista) < EN_BLANCO:
        partes.append([])
    return partes


def _listar(partes) -> None:
    cruce = HojaDeRegistro.inscripciones.through
    cruce.objects.bulk_create(
        [cruce(hojaderegistro=hoja, inscripcion_id=pk) for hoja, llaves in partes for pk in llaves]
    )


def _ultima(sesion) -> int:
    """El número de su última emisión; 0 si no se ha emitido."""
    ultima = HojaDeRegistro.objects.filter(sesion=sesion).order_by("-emision").first()
    return ultima.emision if ultima else 0


def hojas_vigentes(sesion: Sesion) -> list[HojaDeRegistro]:
    """Las de la última emisión, en orden."""
    return list(HojaDeRegistro.objects.filter(sesion=sesion, emision=_ultima(sesion)).order_by("numero"))


def esta_al_dia(sesion: Sesion) -> bool:
    """Si su última emisión lista a los mismos que hoy firmarían. A quien se agregó al pasar una hoja, ella lo lista."""
    emision = _ultima(sesion)
    if not emision:
        return False
    cruce = HojaDeRegistro.inscripciones.through.objects
    emitidas = cruce.filter(hojaderegistro__sesion=sesion, hojaderegistro__emision=emision)
    hoy = firman_en_papel(sesion.capacitacion).values_list("pk", flat=True)
    return set(emitidas.values_list("inscripcion", flat=True)) == set(hoy)


@transaction.atomic
def pasar_papel(*, sesion: Sesion, listadas: Sequence[Inscripcion], no_firmaron: set[int], por) -> int:
    """«Firmaron todos menos ``no_firmaron``» (llaves) entre ``listadas``; devuelve cuántas firmas cambió.

    Quien ya confirmó por enlace o firmó en pantalla no pierde su firma por no estar en el papel.
    """
    de_otro_medio = set(
        Asistencia.objects.firmadas()
        .filter(sesion=sesion, inscripcion__in=listadas)
        .exclude(medio=Asistencia.Medio.PAPEL)
        .values_list("inscripcion", flat=True)
    )
    llaves = {fila.pk for fila in listadas} - de_otro_medio
    cambios = marcar_asistencias(
        sesion=sesion, firmaron=llaves - no_firmaron, no_firmaron=llaves & no_firmaron, por=por
    )
    vigentes = sesion.capacitacion.inscripciones.vigentes().filter(pk__in=llaves & no_firmaron)
    # Queda dicho que no firmaron: al abrir otra vez la hoja no se les propone como firmantes.
    Asistencia.objects.bulk_create(
        [Asistencia(inscripcion=fila, sesion=sesion, registrada_por=por) for fila in vigentes], ignore_conflicts=True
    )
    return cambios


@transaction.atomic
def agregar_de_fila_en_blanco(*, sesion: Sesion, datos, por, hoja: HojaDeRegistro | None = None, request=None):
    """Inscribe y da por firmado a quien se escribió a mano (R82); con ``hoja``, queda anotado en ella."""
    inscripcion = inscribir_en_puerta(
        capacitacion=sesion.capacitacion, datos=datos, sesion=sesion, por=por, request=request
    )
    if hoja:
        hoja.inscripciones.add(inscripcion)
    return inscripcion
