"""Cerrar el expediente de una capacitación, que desde entonces no cambia, y reabrirlo (R92, ADR 0016)."""

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from eventos.documentos.expediente import Armado, Documento, armar
from eventos.expediente import Control, faltas_para_cerrar, lista_de_control
from eventos.models import (
    ActividadPrograma,
    Asistencia,
    Calificacion,
    Capacitacion,
    CierreAnulado,
    Escaneo,
    Expediente,
    Informe,
    ParteDeExpediente,
    PiezaDeExpediente,
)

from .expediente import PDF, FaltaElMotivo, tomar_expediente
from .rechazos import NoProcede

Estado = PiezaDeExpediente.Estado


class FaltaParaCerrar(NoProcede): ...


class CambioMientrasSeArmaba(NoProcede): ...


class NoEstaCerrado(NoProcede): ...


def cerrar(*, capacitacion: Capacitacion, por) -> Expediente:
    """Arma el expediente, lo guarda y bloquea la capacitación (ADR 0016). Repetirla devuelve el mismo.

    Se arma fuera de la transacción, para no tener a nadie esperando; si mientras tanto algo cambió, no se cierra y
    levanta ``CambioMientrasSeArmaba``. Levanta ``FaltaParaCerrar``.
    """
    capacitacion = Capacitacion.objects.select_related("centro").get(pk=capacitacion.pk)
    if capacitacion.esta_cerrada:
        return capacitacion.expediente
    controles = lista_de_control(capacitacion)
    _exigir_completo(capacitacion, controles)
    antes = _estampa(capacitacion)
    armado = _armar(capacitacion, controles)
    with transaction.atomic():
        expediente = tomar_expediente(capacitacion)
        if _estampa(capacitacion) != antes:
            raise CambioMientrasSeArmaba("Algo cambió mientras se armaba el expediente: revíselo y vuelva a cerrarlo.")
        return _guardar_cierre(expediente, capacitacion, controles, armado, por)


def _exigir_completo(capacitacion, controles) -> None:
    if faltas := faltas_para_cerrar(capacitacion, controles):
        raise FaltaParaCerrar(" ".join(faltas))


def _armar(capacitacion, controles: list[Control]) -> Armado:
    documentos = [Documento(c.anexo, parte.titulo, parte.leer()) for c in controles for parte in c.partes]
    ausentes = {c.anexo: c.motivo for c in controles if c.estado == Estado.NO_APLICA}
    return armar(capacitacion, documentos, ausentes)


def _estampa(capacitacion) -> tuple:
    """Lo que delata un cambio: si es igual antes y después, lo que se armó sigue siendo cierto."""
    fila = Capacitacion.objects.filter(pk=capacitacion.pk).values_list("actualizada_en", "cerrada_en").get()
    contados = [
        (capacitacion.inscripciones, "anulada_en"),
        (Asistencia.objects.filter(sesion__capacitacion=capacitacion), "registrada_en"),
        (Calificacion.objects.filter(respuesta__capacitacion=capacitacion), "pk"),
        (Escaneo.objects.filter(sesion__capacitacion=capacitacion), "subido_en"),
        (Informe.objects.filter(capacitacion=capacitacion), "presentado_en"),
        (PiezaDeExpediente.objects.filter(expediente__capacitacion=capacitacion), "actualizada_en"),
        (capacitacion.invitaciones, "respondida_en"),
    ]
    cuentas = [tuple(filas.aggregate(n=Count("pk"), ultimo=Max(campo)).values()) for filas, campo in contados]
    # Lo que se corrige sin dejar hora: se compara entero.
    de_cada_persona = (
        "pk",
        "estado",
        "apellidos",
        "nombres",
        "entidad",
        "entidad_texto",
        "cargo",
        "correo",
        "telefono",
    )
    enteras = [
        capacitacion.inscripciones.order_by("pk").values_list(*de_cada_persona),
        ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).order_by("pk").values_list(),
    ]
    return fila, *cuentas, *map(tuple, enteras)


def _guardar_cierre(expediente, capacitacion, controles, armado: Armado, por) -> Expediente:
    for foliado in armado.documentos:
        documento = foliado.documento
        ParteDeExpediente.objects.create(
            expediente=expediente,
            anexo=documento.anexo,
            titulo=documento.titulo,
            desde=foliado.desde,
            hasta=foliado.hasta,
            archivo=_archivar(documento.contenido, f"{documento.titulo}.pdf", por),
        )
    for control in controles:
        datos = {"estado": control.estado, "motivo": control.motivo}
        PiezaDeExpediente.objects.update_or_create(expediente=expediente, anexo=control.anexo, defaults=datos)
    expediente.archivo = _archivar(armado.contenido, f"expediente-{capacitacion.slug}.pdf", por)
    expediente.folios, expediente.cerrado_en, expediente.cerrado_por = armado.folios, timezone.now(), por
    expediente.save(update_fields=["archivo", "folios", "cerrado_en", "cerrado_por"])
    Capacitacion.objects.filter(pk=capacitacion.pk).update(cerrada_en=expediente.cerrado_en)
    detalle = {"folios": armado.folios, "sha256": expediente.archivo.sha256}
    anotar(accion="cerrar expediente", por=por, objeto=capacitacion, detalle=detalle)
    return expediente


def _archivar(contenido, nombre, por) -> ArchivoPrivado:
    finalidad = ArchivoPrivado.Finalidad.EXPEDIENTE
    return guardar_archivo(contenido=contenido, nombre=nombre, tipo=PDF, finalidad=finalidad, por=por)


@transaction.atomic
def reabrir(*, capacitacion: Capacitacion, motivo: str, por) -> Expediente:
    """La OGAUC lo reabre: el archivo del cierre se conserva con el motivo y la capacitación vuelve a poder cambiar."""
    Capacitacion.objects.select_for_update(no_key=True).get(pk=capacitacion.pk)
    expediente = Expediente.objects.filter(capacitacion=capacitacion).select_related("archivo").first()
    if expediente is None or expediente.cerrado_en is None:
        raise NoEstaCerrado("Este expediente no está cerrado.")
    if not motivo.strip():
        raise FaltaElMotivo("Diga por qué se reabre: queda en el rastro.")
    anulado = CierreAnulado.objects.create(
        expediente=expediente,
        archivo=expediente.archivo,
        folios=expediente.folios,
        cerrado_en=expediente.cerrado_en,
        cerrado_por=expediente.cerrado_por,
        motivo=motivo.strip()[:255],
        reabierto_por=por,
    )
    for parte in expediente.partes.select_related("archivo"):
        parte.delete()
        borrar_archivo(parte.archivo)
    _volver_a_abrir(expediente)
    detalle = {"sha256": anulado.archivo.sha256}
    anotar(accion="reabrir expediente", por=por, objeto=capacitacion, detalle=detalle, motivo=motivo.strip()[:255])
    return expediente


def _volver_a_abrir(expediente) -> None:
    """Lo generado vuelve a generarse; lo firmado, lo escaneado y lo que no aplica se quedan como estaban."""
    expediente.archivo = expediente.folios = expediente.cerrado_en = expediente.cerrado_por = None
    expediente.save(update_fields=["archivo", "folios", "cerrado_en", "cerrado_por"])
    expediente.piezas.filter(archivo__isnull=True).exclude(estado=Estado.NO_APLICA).update(estado=Estado.PENDIENTE)
    Capacitacion.objects.filter(pk=expediente.capacitacion_id).update(cerrada_en=None)
