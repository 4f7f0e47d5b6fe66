"""Un archivo privado de cada clase, de Cusco y con su dirección: lo que ninguna vuelta debe alcanzar."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from boletines.models import AdjuntoDeCorreo, ImportacionDeSuscriptores
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado, SolicitudDeDerechos
from eventos.models import (
    CierreAnulado,
    Escaneo,
    Expediente,
    FirmaEnPantalla,
    FotoDeInforme,
    Informe,
    Material,
    ParteDeExpediente,
    PiezaDeExpediente,
)
from tests import fabricas, personas
from tests.custodia.derechos import oficial, verificada

SECRETO = b"%PDF-1.7 contenido privado de "


@dataclass
class Privado:
    """``url``: la vista que lo entrega; ``quien``: da la cuenta de quien lo ve."""

    url: str
    archivo: object
    contenido: bytes
    quien: Callable = personas.coordinadora_de_cusco

    @property
    def ruta(self) -> str:
        """Dónde está en el almacén."""
        return self.archivo.name


def duenos() -> list:
    """Cada campo de un modelo que señala a un ``ArchivoPrivado``."""
    relaciones = ArchivoPrivado._meta.get_fields(include_hidden=True)
    return [relacion.field for relacion in relaciones if relacion.auto_created and relacion.is_relation]


def guardar(clase: str, finalidad: str) -> ArchivoPrivado:
    contenido = SECRETO + clase.encode()
    return guardar_archivo(contenido=contenido, nombre=f"{clase}.pdf", tipo="application/pdf", finalidad=finalidad)


def uno_de_cada_clase() -> dict[str, Privado]:
    """Por clase: el «modelo.campo» que señala al archivo, o «material» si no es un ``ArchivoPrivado``."""
    capacitacion = fabricas.CapacitacionFactory(centro=personas.cusco(), dias=-5)
    asistencia = fabricas.AsistenciaFactory(inscripcion=fabricas.InscripcionFactory(capacitacion=capacitacion))
    return {
        **_del_expediente(capacitacion),
        **_del_registro(asistencia),
        **_de_boletines(),
        **_de_custodia(),
        "material": _material(),
    }


def _privado(nombre, llaves, archivo, **mas) -> Privado:
    return Privado(reverse(nombre, args=llaves), archivo.archivo, archivo.leer(), **mas)


def _del_registro(asistencia):
    escaneo = Escaneo.objects.create(sesion=asistencia.sesion, archivo=guardar("escaneo", "registro"), paginas=1)
    firma = FirmaEnPantalla.objects.create(
        asistencia=asistencia, archivo=guardar("firma", "firma"), firmada_en=timezone.now()
    )
    return {
        "eventos.escaneo.archivo": _privado("eventos_intranet:escaneo", [escaneo.pk], escaneo.archivo),
        "eventos.firmaenpantalla.archivo": _privado(
            "eventos_intranet:firma-en-pantalla", [asistencia.pk], firma.archivo
        ),
    }


def _del_expediente(capacitacion):
    fila = Expediente.objects.create(capacitacion=capacitacion, archivo=guardar("expediente", "expediente"), folios=1)
    pieza = PiezaDeExpediente.objects.create(
        expediente=fila, anexo="8", estado="firmado", archivo=guardar("pieza", "expediente")
    )
    parte = ParteDeExpediente.objects.create(
        expediente=fila, anexo="8", titulo="Anexo 8", archivo=guardar("parte", "expediente"), desde=1, hasta=1
    )
    anulado = CierreAnulado.objects.create(
        expediente=fila, archivo=guardar("anulado", "expediente"), folios=1, cerrado_en=timezone.now(), motivo="Error"
    )
    informe = Informe.objects.create(capacitacion=capacitacion)
    foto = FotoDeInforme.objects.create(informe=informe, archivo=guardar("foto", "foto"), descripcion="La sala")
    de = "eventos_intranet:"
    return {
        "eventos.expediente.archivo": _privado(f"{de}expediente-archivo", [capacitacion.pk], fila.archivo),
        "eventos.piezadeexpediente.archivo": _privado(
            f"{de}expediente-parte", [capacitacion.pk, "8-subido"], pieza.archivo
        ),
        "eventos.partedeexpediente.archivo": _privado(f"{de}expediente-parte-guardada", [parte.pk], parte.archivo),
        "eventos.cierreanulado.archivo": _privado(f"{de}expediente-anulado", [anulado.pk], anulado.archivo),
        "eventos.fotodeinforme.archivo": _privado(f"{de}informe-foto", [foto.pk], foto.archivo),
    }


def _de_boletines():
    lista = ImportacionDeSuscriptores.objects.create(
        archivo=guardar("lista", "evidencia"), evidencia=guardar("evidencia", "evidencia"), procedencia="Un taller"
    )
    correo = fabricas.CorreoDifundidoFactory(centro=personas.cusco())
    adjunto = AdjuntoDeCorreo.objects.create(correo=correo, archivo=guardar("adjunto", "adjunto"))
    ruta = "importacion_de_suscriptores_archivo"
    de_lista = "boletines.importaciondesuscriptores"
    de_sede = personas.comunicaciones
    return {
        f"{de_lista}.archivo": _privado(ruta, [lista.pk, "lista"], lista.archivo, quien=de_sede),
        f"{de_lista}.evidencia": _privado(
            ruta, [lista.pk, "evidencia"], lista.evidencia, quien=personas.comunicaciones
        ),
        "boletines.adjuntodecorreo.archivo": _privado("difusion_adjunto", [correo.pk, adjunto.pk], adjunto.archivo),
    }


def _de_custodia():
    """La copia del documento y la de sus datos, de una solicitud en la sede: las ve solo el Oficial."""
    fila = SolicitudDeDerechos.objects.get(pk=verificada().pk)
    fila.copia_de_documento, fila.paquete = guardar("copia", "derechos"), guardar("paquete", "derechos")
    fila.paquete_hasta = timezone.localdate()
    fila.save()
    de = "custodia.solicituddederechos"
    return {
        f"{de}.copia_de_documento": _privado(
            "custodia_solicitud_documento", [fila.pk], fila.copia_de_documento, quien=oficial
        ),
        f"{de}.paquete": _privado("custodia_paquete", [fila.pk], fila.paquete, quien=oficial),
    }


def _material():
    """El de una capacitación que aún no se dicta: el público no lo baja todavía."""
    capacitacion = fabricas.CapacitacionFactory(centro=personas.cusco(), dias=30, estado="borrador")
    contenido = SECRETO + b"material"
    fila = Material.objects.create(
        capacitacion=capacitacion, titulo="Casos", archivo=ContentFile(contenido, "casos.pdf"), octetos=len(contenido)
    )
    return Privado(reverse("eventos_intranet:material", args=[fila.pk]), fila.archivo, contenido)


def quitar(privado: Privado) -> None:
    """Lo que pasa al reemplazar, quitar o descartar: la fila y su contenido se van."""
    archivo = ArchivoPrivado.objects.filter(archivo=privado.ruta).first()
    if archivo is None:
        Material.objects.filter(archivo=privado.ruta).delete()
        return
    for campo in duenos():
        filas = campo.model._base_manager.filter(**{campo.name: archivo})
        if campo.null:
            filas.update(**{campo.name: None})
        else:
            filas.delete()
    borrar_archivo(archivo)
