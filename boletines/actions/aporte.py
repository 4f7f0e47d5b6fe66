"""Escribir, entregar, devolver, ampliar, recordar y suplir un aporte (R107–R109)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from boletines import correos_de_aportes as correos
from boletines.borradores import actividades_del_mes, editorial_automatica
from boletines.cierre import motivo_de_cierre
from boletines.models import Aporte, NotaDeAporte
from boletines.responsables import responsables_de
from custodia.actions import anotar
from eventos.models import Capacitacion


class AporteRechazado(Exception):
    """Una regla impide el cambio; su texto se muestra tal cual."""


class YaIncorporado(AporteRechazado): ...


class FaltaEditorial(AporteRechazado): ...


class NoEstaEntregado(AporteRechazado): ...


class YaEntregado(AporteRechazado): ...


class NoSeSuple(AporteRechazado): ...


class OtraPersonaGuardo(AporteRechazado):
    """Alguien guardó después de que se abrió el formulario; ``aporte`` es lo que hay ahora."""

    def __init__(self, aporte: Aporte):
        super().__init__("Otra persona guardó entretanto.")
        self.aporte = aporte


@transaction.atomic
def guardar_borrador(*, aporte: Aporte, escrito: dict, version: int, por) -> Aporte:
    """Guarda lo ``escrito`` (ver ``boletines.borradores``) sin entregarlo; lo ya entregado sigue igual.

    Levanta ``OtraPersonaGuardo`` si ``version`` no es la última y ``YaIncorporado``.
    """
    aporte = _tomar_para_escribir(aporte, escrito, version, por)
    anotar(accion="guardar aporte", por=por, objeto=aporte)
    return aporte


@transaction.atomic
def entregar(*, aporte: Aporte, escrito: dict, version: int, por) -> Aporte:
    """Guarda y entrega: lo incluido reemplaza lo entregado antes y el borrador automático. Repetirla no hace daño.

    Levanta además ``FaltaEditorial``: la parte de un centro la lleva siempre (R107).
    """
    aporte = _tomar_para_escribir(aporte, escrito, version, por)
    if aporte.centro_id and not escrito["editorial"].strip():
        raise FaltaEditorial("Escriba la editorial de su centro antes de entregar.")
    aporte.editorial = escrito["editorial"]
    aporte.estado, aporte.es_automatico, aporte.observacion = Aporte.Estado.ENTREGADO, False, ""
    aporte.entregado_en, aporte.entregado_por = aporte.guardado_en, por
    aporte.save()
    _poner_notas(aporte, [nota for nota in escrito["notas"] if nota["incluir"]])
    anotar(accion="entregar aporte", por=por, objeto=aporte, detalle={"notas": len(escrito["notas"])})
    return aporte


def _tomar_para_escribir(aporte, escrito, version, por) -> Aporte:
    aporte = tomar(aporte)
    _exigir_abierto(aporte)
    es_lo_mismo = aporte.guardado_por_id == por.pk and aporte.borrador == escrito
    if aporte.version != version and not es_lo_mismo:
        raise OtraPersonaGuardo(aporte)
    aporte.borrador, aporte.version = escrito, aporte.version + 1
    aporte.guardado_en, aporte.guardado_por = timezone.now(), por
    aporte.save(update_fields=["borrador", "version", "guardado_en", "guardado_por"])
    return aporte


def tomar(aporte: Aporte) -> Aporte:
    """``aporte`` como está ahora y bajo llave hasta que la transacción termine."""
    bajo_llave = Aporte.objects.select_for_update(of=("self",))
    return bajo_llave.select_related("edicion", "centro", "sistema").get(pk=aporte.pk)


def esta_cerrado(aporte: Aporte) -> bool:
    """Si ya está en la edición, o la edición ya no cambia."""
    return bool(aporte.incorporado_en) or bool(motivo_de_cierre(aporte.edicion))


def _exigir_abierto(aporte) -> None:
    if esta_cerrado(aporte):
        raise YaIncorporado("La edición ya está armada. Si algo está mal, pida a Comunicaciones que se lo devuelva.")


def _poner_notas(aporte, notas) -> None:
    aporte.notas.all().delete()
    # Las que aún existen: una nota sobrevive a la capacitación de que salió.
    suyas = Capacitacion.objects.filter(centro=aporte.centro_id)
    de_origen = {f"capacitacion:{llave}": llave for llave in suyas.values_list("pk", flat=True)}
    NotaDeAporte.objects.bulk_create(
        _nota(aporte, orden, nota, de_origen.get(nota["origen"])) for orden, nota in enumerate(notas, start=1)
    )


def _nota(aporte, orden, nota, capacitacion) -> NotaDeAporte:
    return NotaDeAporte(
        aporte=aporte,
        orden=orden,
        fecha=nota["fecha"] or None,
        imagen_id=nota["imagen"] or None,
        capacitacion_id=capacitacion,
        **{campo: nota[campo] for campo in ("tipo", "titulo", "texto", "enlace", "texto_alternativo")},
    )


@transaction.atomic
def devolver(*, aporte: Aporte, observacion: str, plazo: dt.date, por) -> Aporte:
    """Lo devuelve con una observación y un plazo nuevo, y avisa a quien responde.

    El de un centro vuelve aunque ya se hubiera incorporado, porque la edición lo lee de aquí; el técnico ya se copió y
    se corrige en la página. Levanta ``NoEstaEntregado`` y ``YaIncorporado``.
    """
    aporte = tomar(aporte)
    if aporte.estado != Aporte.Estado.ENTREGADO:
        raise NoEstaEntregado("Solo se devuelve lo que ya se entregó.")
    if motivo := motivo_de_cierre(aporte.edicion):
        raise YaIncorporado(motivo)
    if aporte.sistema_id and aporte.incorporado_en:
        raise YaIncorporado("Esta parte ya está en la edición: corríjala en su página.")
    aporte.estado, aporte.observacion, aporte.incorporado_en = Aporte.Estado.DEVUELTO, observacion, None
    _volver_a_pedir(aporte, plazo)
    correos.avisar_devolucion(aporte, responsables_de([aporte])[aporte.pk])
    anotar(accion="devolver aporte", por=por, objeto=aporte, motivo=observacion[:255])
    return aporte


@transaction.atomic
def ampliar_plazo(*, aporte: Aporte, plazo: dt.date, por) -> Aporte:
    """Le da hasta ``plazo`` y lo avisa. Levanta ``YaEntregado``."""
    aporte = tomar(aporte)
    if aporte.estado == Aporte.Estado.ENTREGADO:
        raise YaEntregado("Ya lo entregó: no hace falta más plazo.")
    if aporte.plazo == plazo:
        return aporte
    antes = aporte.plazo
    _volver_a_pedir(aporte, plazo)
    correos.avisar_ampliacion(aporte, responsables_de([aporte])[aporte.pk])
    anotar(accion="ampliar plazo de aporte", por=por, objeto=aporte, detalle={"antes": str(antes), "ahora": str(plazo)})
    return aporte


def _volver_a_pedir(aporte, plazo) -> None:
    aporte.plazo, aporte.pedido_en = plazo, timezone.now()
    aporte.save(update_fields=["estado", "observacion", "incorporado_en", "plazo", "pedido_en"])


@transaction.atomic
def recordar(*, aporte: Aporte, por=None) -> bool:
    """Recuerda a quien no entregó, a lo más una vez al día; dice si lo hizo."""
    aporte, hoy = tomar(aporte), timezone.localdate()
    if not aporte.falta() or se_le_recordo_hoy(aporte, hoy):
        return False
    if not correos.recordar(aporte, responsables_de([aporte])[aporte.pk], hoy):
        return False
    aporte.recordado_en = timezone.now()
    aporte.save(update_fields=["recordado_en"])
    if por is not None:
        anotar(accion="recordar aporte", por=por, objeto=aporte)
    return True


def se_le_recordo_hoy(aporte: Aporte, hoy: dt.date) -> bool:
    return aporte.recordado_en is not None and timezone.localdate(aporte.recordado_en) >= hoy


@transaction.atomic
def usar_borrador_automatico(*, aporte: Aporte, por) -> Aporte:
    """Suple la parte de un centro atrasado con lo que dicen los datos; lo que él escribía queda intacto.

    Si el centro entrega antes de que se incorpore, lo suyo manda. Levanta ``NoSeSuple``.
    """
    aporte = tomar(aporte)
    if aporte.es_automatico:
        return aporte
    if not (aporte.centro_id and aporte.esta_atrasado()):
        raise NoSeSuple("El borrador automático es para el centro que no entregó a tiempo.")
    if motivo := motivo_de_cierre(aporte.edicion):
        raise NoSeSuple(motivo)
    aporte.es_automatico, aporte.editorial = True, editorial_automatica(aporte)
    aporte.save(update_fields=["es_automatico", "editorial"])
    _poner_notas(aporte, actividades_del_mes(aporte))
    anotar(accion="usar borrador automático", por=por, objeto=aporte)
    return aporte
