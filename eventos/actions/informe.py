"""Preparar y presentar el informe del evento (Anexo 8, R91)."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comun.subidas import leer_imagen
from custodia.actions import anotar
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from eventos.informe import datos_de, expositores_que_informan, partes_pendientes, propuesta_de
from eventos.models import Asistencia, Capacitacion, Expositor, FotoDeInforme, Informe, ParteDeInforme
from eventos.models.informe import FOTOS

from .filas import Filas
from .rechazos import NoProcede, exigir_abierta

TEXTOS = ("objetivo", "metodologia", "publico", "resultados", "conclusiones")


class YaPresentado(NoProcede): ...


class FaltaParaPresentar(NoProcede): ...


class DemasiadasFotos(NoProcede): ...


class NoInforma(NoProcede): ...


def _tomar(capacitacion) -> Informe:
    """El informe en preparación, creado si faltaba, con la capacitación bajo llave."""
    exigir_abierta(capacitacion)
    informe, _ = Informe.objects.get_or_create(capacitacion=capacitacion, defaults=propuesta_de(capacitacion))
    if informe.esta_presentado:
        raise YaPresentado("El informe ya se presentó: no se reescribe.")
    return informe


@transaction.atomic
def guardar_informe(*, capacitacion: Capacitacion, textos: dict, por) -> Informe:
    """Guarda los ``TEXTOS`` que completa el Coordinador. Levanta ``YaPresentado``."""
    informe = _tomar(capacitacion)
    for campo in TEXTOS:
        setattr(informe, campo, textos[campo])
    informe.save(update_fields=TEXTOS)
    anotar(accion="editar informe", por=por, objeto=capacitacion)
    return informe


@transaction.atomic
def guardar_fotos(
    *, capacitacion: Capacitacion, filas: Filas, nuevas: list[tuple[UploadedFile, str]] = (), por
) -> list[FotoDeInforme]:
    """Guarda el orden y los textos de ``filas`` y agrega ``nuevas``: pares (foto, qué se ve); devuelve las nuevas.

    Levanta ``ValidationError`` si una no es una foto, y ``DemasiadasFotos``.
    """
    leidas = [(leer_imagen(foto), foto.name, texto) for foto, texto in nuevas]
    informe = _tomar(capacitacion)
    for foto in filas.quitar:
        foto.delete()
        borrar_archivo(foto.archivo)
    for foto in filas.guardar:
        foto.save(update_fields=["orden", "descripcion"])
    if informe.fotos.count() + len(leidas) > FOTOS:
        raise DemasiadasFotos(f"Un informe lleva hasta {FOTOS} fotos: elija las que mejor lo muestran.")
    agregadas = _agregar(informe, leidas, por)
    if agregadas or filas.quitar or filas.guardar:
        detalle = {"agregadas": len(agregadas), "quitadas": len(filas.quitar)}
        anotar(accion="editar fotos del informe", por=por, objeto=capacitacion, detalle=detalle)
    return agregadas


def _agregar(informe, leidas, por) -> list[FotoDeInforme]:
    ultimo = informe.fotos.aggregate(orden=Max("orden"))["orden"] or 0
    return [
        FotoDeInforme.objects.create(
            informe=informe,
            archivo=guardar_archivo(
                contenido=contenido,
                nombre=f"{nombre.rsplit('.', 1)[0][:150]}.jpg",
                tipo="image/jpeg",
                finalidad=ArchivoPrivado.Finalidad.FOTO,
                por=por,
            ),
            descripcion=texto,
            orden=orden,
        )
        for orden, (contenido, nombre, texto) in enumerate(leidas, start=ultimo + 1)
    ]


@transaction.atomic
def entregar_parte(*, expositor: Expositor, texto: str, por) -> ParteDeInforme:
    """Entrega, o corrige mientras el informe no se presente, la parte de ``expositor`` (R91)."""
    capacitacion = expositor.capacitacion
    informe = _tomar(capacitacion)
    if expositor not in expositores_que_informan(capacitacion):
        raise NoInforma("Solo informan los expositores del centro, y cuando trata varios sistemas (R91).")
    if not texto.strip():
        raise FaltaParaPresentar("Escriba su participación antes de entregarla.")
    datos = {"informe": informe, "texto": texto, "entregada_en": timezone.now(), "entregada_por": por}
    parte, _ = ParteDeInforme.objects.update_or_create(expositor=expositor, defaults=datos)
    anotar(accion="entregar parte del informe", por=por, objeto=capacitacion, detalle={"expositor": expositor.pk})
    return parte


def faltas_para_presentar(capacitacion: Capacitacion, informe: Informe) -> list[str]:
    """Lo que al informe le falta, en palabras."""
    firmas = Asistencia.objects.firmadas().filter(sesion__capacitacion=capacitacion)
    requisitos = [
        (capacitacion.esta_publicada and capacitacion.ya_termino(), "que la capacitación termine"),
        (firmas.exists(), "registrar la asistencia firmada"),
        (informe.objetivo.strip(), "el objetivo del curso"),
        (informe.metodologia.strip(), "la metodología del curso"),
        (informe.publico.strip(), "el público participante"),
        (capacitacion.expositores.exists(), "al menos un expositor"),
    ]
    faltas = [falta for tiene, falta in requisitos if not tiene]
    return faltas + [f"la parte de {expositor}" for expositor in partes_pendientes(capacitacion)]


@transaction.atomic
def presentar(*, capacitacion: Capacitacion, por) -> Informe:
    """Lo presenta y congela sus cifras (invariante 10). Repetirla no cambia nada; levanta ``FaltaParaPresentar``."""
    exigir_abierta(capacitacion)
    informe = Informe.objects.filter(capacitacion=capacitacion).first()
    if informe and informe.esta_presentado:
        return informe
    informe = _tomar(capacitacion)
    if faltas := faltas_para_presentar(capacitacion, informe):
        raise FaltaParaPresentar(f"Antes de presentar falta: {'; '.join(faltas)}.")
    informe.estado = Informe.Estado.PRESENTADO
    informe.cifras = datos_de(capacitacion)
    informe.presentado_en, informe.presentado_por = timezone.now(), por
    informe.save(update_fields=["estado", "cifras", "presentado_en", "presentado_por"])
    anotar(accion="presentar informe", por=por, objeto=capacitacion)
    return informe
