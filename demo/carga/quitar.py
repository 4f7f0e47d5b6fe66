"""Retirar la demostración: se va todo lo marcado y lo que cuelga de ello; lo demás se queda."""

from collections import Counter

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Page

from correo.models import Envio
from custodia.archivos import borrar_archivo
from demo.models import Carga
from eventos.actions.material import quitar_material
from eventos.models import (
    Asistencia,
    Calificacion,
    FirmaEnPantalla,
    Inscripcion,
    Material,
    NotaDePrueba,
    Pregunta,
    RespuestaEncuesta,
    VistoBueno,
)
from organizacion.models import AjustesPortal
from organizacion.publico import subir_version_publica

from .campanias import quitar_campanias
from .centros import quitar_datos_de_centros
from .derechos import quitar_derechos
from .difusion import quitar_difusion
from .directorio import refrescar_entidades
from .ediciones import quitar_ediciones
from .expedientes import quitar_expedientes
from .importaciones import quitar_importaciones_del_directorio
from .registros import quitar_registros
from .suscriptores import quitar_correos_oficiales, quitar_importaciones

# De lo que depende a lo que sostiene.
ORDEN = (
    "correo.envio",
    "correo.supresion",
    "boletines.edicion",
    "boletines.boletinpage",
    "boletines.comunicadopage",
    "home.noticiapage",
    "wagtailimages.image",
    "eventos.pregunta",
    "eventos.importaciondeprograma",
    "eventos.programamensual",
    "eventos.capacitacion",
    "eventos.solicitud",
    "organizacion.horarioespecial",
    "boletines.suscriptor",
    "boletines.importaciondesuscriptores",
    "correo.supresion",
    "home.avisodemural",
    "custodia.consentimiento",
    "directorio.valordeindicador",
    "directorio.temadeinteres",
    "organizacion.nombredecentro",
    "directorio.nombredeentidad",
    "directorio.contacto",
    "directorio.autoridad",
    "directorio.operador",
    "organizacion.persona",
    "directorio.medio",
    "directorio.personal",
    "organizacion.usuario",
    "organizacion.dianolaborable",
)


@transaction.atomic
def quitar() -> Counter:
    """Quita la última carga y devuelve cuántas filas raíz se fueron por modelo.

    También se van las inscripciones que alguien hizo en capacitaciones de demostración y el correo que salió
    mientras duró. Lo que las personas crearon y aún apoya una fila (una entidad con operadores nuevos) la conserva.
    """
    carga = Carga.objects.filter(quitada_en__isnull=True).last()
    if carga is None:
        return Counter()
    quitar_difusion(carga)
    quitar_derechos(carga)
    quitar_campanias(carga)
    quitar_importaciones_del_directorio(carga)
    Envio.objects.filter(creado_en__gte=carga.hecha_en).delete()
    quitar_correos_oficiales(carga.hecha_en)
    cuenta = Counter()
    for modelo in ORDEN:
        llaves = list(carga.marcas.filter(modelo=modelo).values_list("llave", flat=True))
        cuenta[modelo] = _quitar_filas(modelo, llaves)
    refrescar_entidades()
    quitar_datos_de_centros()
    carga.quitada_en = timezone.now()
    carga.save(update_fields=["quitada_en"])
    carga.marcas.all().delete()
    AjustesPortal.objects.update(es_demostracion=False)
    subir_version_publica()
    return cuenta


def _quitar_filas(modelo: str, llaves: list[str]) -> int:
    filas = apps.get_model(modelo)._base_manager.filter(pk__in=llaves)
    if modelo == "boletines.edicion":
        quitar_ediciones(llaves)
    if modelo == "eventos.capacitacion":
        _vaciar_capacitaciones(llaves)
    if modelo == "boletines.importaciondesuscriptores":
        quitar_importaciones(llaves)
        return len(llaves)
    if issubclass(filas.model, Page):
        for pagina in filas:
            pagina.delete()
        return len(llaves)
    if modelo == "wagtailimages.image":
        for imagen in filas:
            imagen.delete()
        return len(llaves)
    return _borrar_lo_que_nadie_usa(filas)


def _vaciar_capacitaciones(llaves):
    NotaDePrueba.objects.filter(prueba__capacitacion__in=llaves).delete()
    VistoBueno.objects.filter(capacitacion__in=llaves).delete()
    quitar_registros(llaves)
    for firma in FirmaEnPantalla.objects.filter(asistencia__sesion__capacitacion__in=llaves).select_related("archivo"):
        firma.delete()
        borrar_archivo(firma.archivo)
    quitar_expedientes(llaves)
    Asistencia.objects.filter(sesion__capacitacion__in=llaves).delete()
    Inscripcion.objects.filter(capacitacion__in=llaves).delete()
    Calificacion.objects.filter(respuesta__capacitacion__in=llaves).delete()
    RespuestaEncuesta.objects.filter(capacitacion__in=llaves).delete()
    Pregunta.objects.filter(capacitacion__in=llaves).delete()
    for material in Material.objects.filter(capacitacion__in=llaves):
        quitar_material(material)


def _borrar_lo_que_nadie_usa(filas) -> int:
    """Borra de una vez; si algo hecho por una persona protege una fila, conserva esa y borra el resto."""
    total = filas.count()
    try:
        with transaction.atomic():
            filas.delete()
    except ProtectedError:
        for fila in filas:
            try:
                with transaction.atomic():
                    fila.delete()
            except ProtectedError:
                total -= 1
    return total
