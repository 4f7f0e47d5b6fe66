"""Lo que una mesa manda, quizá horas después por falta de red: una vez cada cosa, en orden y con sus conflictos."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from comun.templatetags.comun import hora
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado
from eventos.models import Asistencia, FirmaEnPantalla, Inscripcion, Mesa, OperacionDeMesa
from organizacion.models import AjustesPortal

from .asistencia import AsistenciaRechazada, marcar_asistencias
from .cupos import bajo_llave
from .inscripcion import InscripcionRechazada, YaInscrito, inscribir
from .rechazos import NoProcede, exigir_abierta

MARCAR, QUITAR, AGREGAR = "marcar", "quitar", "agregar"
HECHA, YA_ESTABA = "hecha", "ya"


@dataclass(frozen=True)
class Operacion:
    """``inscripcion``: su llave, o el número de la operación que la agregó. ``rechazo``: por qué no vale lo escrito."""

    numero: uuid.UUID
    tipo: str
    ocurrida_en: dt.datetime
    sesion: int | None = None
    inscripcion: int | uuid.UUID | None = None
    datos: Mapping = field(default_factory=dict)
    trazo: bytes = b""
    rechazo: str = ""


class Conflicto(Exception):
    """No se hizo: ``codigo`` lo lee el aparato y el texto, quien atiende."""

    def __init__(self, codigo: str, texto: str, **datos):
        super().__init__(texto)
        self.codigo, self.datos = codigo, datos


@transaction.atomic
def aplicar(*, mesa: Mesa, operacion: Operacion, request=None) -> OperacionDeMesa:
    """Hace ``operacion`` una sola vez: repetirla devuelve lo que pasó. Un conflicto no deja nada a medias."""
    capacitacion = bajo_llave(mesa.capacitacion)
    if previa := OperacionDeMesa.objects.filter(pk=operacion.numero).first():
        return previa
    conflicto = ""
    try:
        with transaction.atomic():
            exigir_abierta(capacitacion)
            if operacion.rechazo:
                raise Conflicto("datos", operacion.rechazo)
            resultado = HACER[operacion.tipo](mesa, capacitacion, operacion, request)
    except Conflicto as error:
        conflicto, resultado = str(error), {"codigo": error.codigo, **error.datos}
    except (AsistenciaRechazada, InscripcionRechazada, NoProcede) as error:
        conflicto, resultado = str(error), {"codigo": "rechazada"}
    return OperacionDeMesa.objects.get_or_create(
        numero=operacion.numero,
        defaults={
            "mesa": mesa,
            "conflicto": conflicto[:200],
            "resultado": resultado,
            "ocurrida_en": operacion.ocurrida_en,
        },
    )[0]


def _marcar(mesa, capacitacion, operacion, request) -> dict:
    sesion, inscripcion = _sesion(capacitacion, operacion), _inscripcion(mesa, capacitacion, operacion)
    if inscripcion.estado == Inscripcion.Estado.ANULADA:
        raise Conflicto("anulada", f"La inscripción de {inscripcion} se anuló. Si firmó, agréguela otra vez.")
    if operacion.trazo and not AjustesPortal.load().firma_en_pantalla:
        raise Conflicto("pantalla", f"La firma en pantalla no está admitida: {inscripcion} debe firmar en papel.")
    previa = _asistencia(sesion, inscripcion)
    if previa and previa.esta_firmada:
        if previa.mesa_id == mesa.pk:
            return {"codigo": YA_ESTABA, "inscripcion": inscripcion.pk}
        raise Conflicto(YA_ESTABA, f"A {inscripcion} ya la había marcado {quien_marco(previa)}.", esta=True)
    if previa and _despues_y_en_otro_lado(previa, mesa, operacion):
        quien = quien_marco(previa)
        texto = f"Después de su marca, {quien} quitó la firma de {inscripcion}. Si firmó, márquela otra vez."
        raise Conflicto("quitada", texto, inscripcion=inscripcion.pk)
    _firmar(mesa, sesion, inscripcion, operacion)
    return {"codigo": HECHA, "inscripcion": inscripcion.pk}


def _firmar(mesa, sesion, inscripcion, operacion) -> None:
    medio = Asistencia.Medio.PANTALLA if operacion.trazo else Asistencia.Medio.PAPEL
    marcar_asistencias(
        sesion=sesion, firmaron={inscripcion.pk}, no_firmaron=set(), por=mesa.abierta_por, mesa=mesa, medio=medio
    )
    if not operacion.trazo:
        return
    asistencia = Asistencia.objects.get(sesion=sesion, inscripcion=inscripcion)
    _quitar_trazo(asistencia)
    # Lo último: si algo falla antes, no queda un archivo sin dueño.
    archivo = guardar_archivo(
        contenido=operacion.trazo,
        nombre=f"firma-{inscripcion.codigo}.png",
        tipo="image/png",
        finalidad=ArchivoPrivado.Finalidad.FIRMA,
        por=mesa.abierta_por,
    )
    FirmaEnPantalla.objects.create(asistencia=asistencia, archivo=archivo, firmada_en=operacion.ocurrida_en)


def _quitar(mesa, capacitacion, operacion, request) -> dict:
    sesion, inscripcion = _sesion(capacitacion, operacion), _inscripcion(mesa, capacitacion, operacion)
    previa = _asistencia(sesion, inscripcion)
    if previa is None or not previa.esta_firmada:
        return {"codigo": YA_ESTABA, "inscripcion": inscripcion.pk}
    if _despues_y_en_otro_lado(previa, mesa, operacion):
        texto = f"Después de que usted la quitara, {quien_marco(previa)} marcó a {inscripcion}: sigue marcada."
        raise Conflicto("marcada", texto, inscripcion=inscripcion.pk)
    marcar_asistencias(sesion=sesion, firmaron=set(), no_firmaron={inscripcion.pk}, por=mesa.abierta_por, mesa=mesa)
    _quitar_trazo(previa)
    return {"codigo": HECHA, "inscripcion": inscripcion.pk}


def _quitar_trazo(asistencia) -> None:
    """El trazo de quien se marcó por error no se conserva."""
    if firma := FirmaEnPantalla.objects.filter(asistencia=asistencia).select_related("archivo").first():
        firma.delete()
        borrar_archivo(firma.archivo)


def _agregar(mesa, capacitacion, operacion, request) -> dict:
    """Inscribe a quien llegó (R82) y, con sesión, lo marca: queda confirmado aunque exceda los cupos."""
    sesion = _sesion(capacitacion, operacion) if operacion.sesion else None
    try:
        inscripcion = inscribir(
            capacitacion=capacitacion,
            datos=operacion.datos,
            canal=Inscripcion.Canal.MESA,
            por=mesa.abierta_por,
            request=request,
        )
    except YaInscrito as error:
        documento = {f"persona__{campo}": operacion.datos[campo] for campo in ("tipo_documento", "numero_documento")}
        suya = capacitacion.inscripciones.vigentes().get(**documento)
        texto = f"Ese documento ya está inscrito a nombre de {suya}. Si es la misma persona, márquela."
        raise Conflicto("inscrita", texto, inscripcion=suya.pk) from error
    if sesion:
        _firmar(mesa, sesion, inscripcion, operacion)
        inscripcion.refresh_from_db(fields=["estado"])
    return {"codigo": HECHA, "inscripcion": inscripcion.pk, "estado": inscripcion.estado}


HACER = {MARCAR: _marcar, QUITAR: _quitar, AGREGAR: _agregar}


def _sesion(capacitacion, operacion):
    for sesion in capacitacion.sesiones.all():
        if sesion.pk == operacion.sesion:
            return sesion
    raise Conflicto("sesion", "Esa sesión ya no está en el programa: cambió o se quitó.")


def _inscripcion(mesa, capacitacion, operacion):
    llave = operacion.inscripcion
    if isinstance(llave, uuid.UUID):  # la que esta misma mesa agregó sin red
        agregada = mesa.operaciones.filter(pk=llave, conflicto="").first()
        llave = agregada and agregada.resultado.get("inscripcion")
    if inscripcion := capacitacion.inscripciones.select_related("persona").filter(pk=llave).first():
        return inscripcion
    raise Conflicto("persona", "Esa persona no está inscrita en esta capacitación.")


def _asistencia(sesion, inscripcion):
    filas = Asistencia.objects.filter(sesion=sesion, inscripcion=inscripcion)
    return filas.select_related("mesa", "registrada_por").first()


def _despues_y_en_otro_lado(asistencia, mesa, operacion) -> bool:
    """Si alguien que no es esta mesa la cambió después de lo que la mesa quiso hacer: decide una persona."""
    return asistencia.mesa_id != mesa.pk and asistencia.registrada_en > operacion.ocurrida_en


def quien_marco(asistencia: Asistencia) -> str:
    """«la mesa Puerta principal a las 9:05 a. m.», o quién desde la intranet."""
    if asistencia.mesa_id:
        donde = f"la mesa {asistencia.mesa.nombre}"
    elif asistencia.registrada_por:
        donde = asistencia.registrada_por.get_full_name() or asistencia.registrada_por.get_username()
    else:
        donde = "alguien"
    cuando = timezone.localtime(asistencia.registrada_en)
    return f"{donde} a las {hora(cuando)}"
