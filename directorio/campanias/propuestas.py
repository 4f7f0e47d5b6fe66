"""Aceptar o rechazar lo que una entidad propuso, campo por campo; dos a la vez, y se aplica una sola (ADR 0032)."""

import datetime as dt
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from comun.alcance import puede_en
from comun.texto import normalizar
from custodia.actions import anotar
from directorio.actions import CambioImposible, dejar_de_trabajar
from directorio.actions.nombres import guardar_nombre_de_antes, refrescar_su_gente
from directorio.frescura.partes import partes_de
from directorio.frescura.verificar import retirar, ultimo_dia_de
from directorio.models import Autoridad, Cartera, Operador, Propuesta
from organizacion.models import Sistema, Usuario

from .respuesta import en_texto

Sobre, Clase, Estado, Parte = Propuesta.Sobre, Propuesta.Clase, Propuesta.Estado, Cartera.Clase


DE_PERSONA = ("nombres", "apellidos", "cargo", "correo", "telefono")
# Cargos que ocupan varios a la vez.
DE_VARIOS = ("regidor", "consejer")


class NoSeAplica(Exception):
    """No se puede aplicar; el mensaje se muestra tal cual."""


class YaResuelta(NoSeAplica):
    """Otra persona la aceptó o la rechazó antes."""


def llaves_de(propuesta: Propuesta) -> set[tuple]:
    """Las partes del directorio en que cae: (centro, clase, sistema)."""
    centro = propuesta.entidad.centro_id
    if propuesta.sobre != Sobre.OPERADOR:
        return {(centro, Parte.ENTIDADES, None)}
    if propuesta.clase == Clase.ALTA:
        sistemas = propuesta.datos.get("sistemas", [])
    else:
        sistemas = [sistema.pk for sistema in propuesta.operador.sistemas.all()]
    return {(centro, Parte.OPERADORES, sistema) for sistema in sistemas or [None]}


def las_que_resuelve(usuario: Usuario, propuestas) -> list[Propuesta]:
    """Las de su parte y, en los centros donde responde por el directorio, todas (R114)."""
    suyas = set(partes_de(usuario).values_list("centro", "clase", "sistema"))
    return [propuesta for propuesta in propuestas if _resuelve(usuario, propuesta, suyas)]


def _resuelve(usuario: Usuario, propuesta: Propuesta, partes: set[tuple]) -> bool:
    if not puede_en(usuario, propuesta, "directorio.change_propuesta"):
        return False
    return puede_en(usuario, propuesta, "directorio.change_cartera") or bool(llaves_de(propuesta) & partes)


def puede_resolver(usuario: Usuario, propuesta: Propuesta) -> bool:
    return bool(las_que_resuelve(usuario, [propuesta]))


def valor_de_hoy(propuesta: Propuesta) -> str:
    """Lo que el directorio dice ahora en el campo que se propone cambiar; «» si no es un cambio."""
    return en_texto(propuesta.fila, propuesta.campo) if propuesta.clase == Clase.CAMBIO else ""


def pide_fecha(propuesta: Propuesta) -> bool:
    """De quien se va se anota su último día, y de una autoridad nueva, el primero."""
    es_alta_de_autoridad = propuesta.clase == Clase.ALTA and propuesta.sobre == Sobre.AUTORIDAD
    return propuesta.clase == Clase.BAJA or es_alta_de_autoridad


def fecha_escrita(propuesta: Propuesta) -> dt.date | None:
    """La que puso quien respondió."""
    escrita = propuesta.datos.get("desde") or propuesta.datos.get("hasta")
    return dt.date.fromisoformat(escrita) if escrita else None


def fecha_de(propuesta: Propuesta) -> dt.date:
    """La que puso quien respondió; si no puso ninguna, hoy, o ayer como último día de una autoridad."""
    if escrita := fecha_escrita(propuesta):
        return escrita
    if propuesta.clase == Clase.BAJA and propuesta.sobre == Sobre.AUTORIDAD:
        return ultimo_dia_de(propuesta.autoridad)
    return timezone.localdate()


def juntos_en_el_cargo(propuesta: Propuesta) -> list[Autoridad]:
    """Los dos que, después de aceptarla, ocupan desde hoy el mismo cargo en un mismo día; vacía si no los hay."""
    if propuesta.sobre != Sobre.AUTORIDAD or propuesta.clase == Clase.CAMBIO:
        return []
    cargo = normalizar(propuesta.autoridad.cargo if propuesta.autoridad else propuesta.datos.get("cargo", ""))
    if cargo.startswith(DE_VARIOS):
        return []
    desde_hoy = Q(hasta__isnull=True) | Q(hasta__gte=timezone.localdate())
    filas = Autoridad.objects.filter(desde_hoy, entidad=propuesta.entidad_id).order_by("desde", "pk")
    suyos = [fila for fila in filas if normalizar(fila.cargo) == cargo]
    parejas = (par for par in pairwise(suyos) if par[0].hasta is None or par[0].hasta >= par[1].desde)
    return list(next(parejas, ()))


def _bajo_llave(propuesta: Propuesta) -> Propuesta:
    return Propuesta.objects.select_for_update(of=("self",)).get(pk=propuesta.pk)


def _fila_bajo_llave(fila):
    """``fila`` como quedó después de esperar a quien la estuviera cambiando."""
    return type(fila)._base_manager.select_for_update(of=("self",)).get(pk=fila.pk)


def _exigir_pendiente(propuesta: Propuesta) -> None:
    if propuesta.estado != Estado.PENDIENTE:
        quien = f" por {propuesta.resuelta_por}" if propuesta.resuelta_por else ""
        raise YaResuelta(f"«{propuesta}» ya fue {propuesta.get_estado_display().lower()}{quien}.")


def _exigir_que_siga_ahi(propuesta: Propuesta) -> None:
    """Lo que una entidad dijo de alguien no vale en la entidad a la que pasó después."""
    persona = propuesta.operador or propuesta.autoridad
    if persona is None:
        return
    if _fila_bajo_llave(persona).entidad_id != propuesta.entidad_id:
        raise NoSeAplica("Ya no está en esa entidad: rechácela.")


def _resolver(propuesta: Propuesta, estado: str, por: Usuario, request) -> Propuesta:
    propuesta.estado, propuesta.resuelta_en, propuesta.resuelta_por = estado, timezone.now(), por
    propuesta.save(update_fields=["estado", "resuelta_en", "resuelta_por"])
    detalle = {"clase": propuesta.clase, "sobre": propuesta.sobre, "campo": propuesta.campo}
    accion = "aceptar propuesta" if estado == Estado.ACEPTADA else "rechazar propuesta"
    anotar(accion=accion, por=por, objeto=propuesta, detalle=detalle, request=request)
    return propuesta


@transaction.atomic
def rechazar(*, propuesta: Propuesta, por: Usuario, request=None) -> Propuesta:
    propuesta = _bajo_llave(propuesta)
    _exigir_pendiente(propuesta)
    return _resolver(propuesta, Estado.RECHAZADA, por, request)


@transaction.atomic
def aceptar(*, propuesta: Propuesta, visto: str, por: Usuario, fecha: dt.date | None = None, request=None) -> Propuesta:
    """Aplica la propuesta. ``visto``: lo que el directorio decía cuando la persona decidió; si cambió, no se pisa.

    ``fecha``: el último día de quien se va, o el primero de una autoridad nueva; ``fecha_de`` si no se dice.
    """
    propuesta = _bajo_llave(propuesta)
    _exigir_pendiente(propuesta)
    _exigir_que_siga_ahi(propuesta)
    fecha = fecha or fecha_de(propuesta)
    if propuesta.clase == Clase.BAJA:
        _retirar(propuesta.fila, fecha, por, request)
    elif propuesta.clase == Clase.ALTA:
        _agregar(propuesta, fecha, por)
    else:
        _cambiar(propuesta, visto, por)
    return _resolver(propuesta, Estado.ACEPTADA, por, request)


def _cambiar(propuesta: Propuesta, visto: str, por: Usuario) -> None:
    fila, campo = _fila_bajo_llave(propuesta.fila), propuesta.campo
    if en_texto(fila, campo) != visto:
        raise NoSeAplica("El dato cambió mientras lo revisaba: mírelo otra vez.")
    if campo == "sistemas":
        fila.sistemas.set(Sistema.objects.filter(pk__in=propuesta.datos.get("sistemas", [])))
    else:
        setattr(fila, campo, propuesta.despues)
        _validar(fila, solo=campo)
        if campo == "nombre":
            guardar_nombre_de_antes(fila, visto)
    fila.verificado_en, fila.verificado_por = timezone.localdate(), por
    fila.save()
    if campo == "nombre":
        refrescar_su_gente([fila.pk])


def _retirar(fila: Autoridad | Operador, hasta: dt.date, por: Usuario, request) -> None:
    if isinstance(fila, Autoridad):
        if hasta < fila.desde:
            raise NoSeAplica(f"Está en el cargo desde el {fila.desde:%d/%m/%Y}: elija ese día o uno posterior.")
        retirar(fila=fila, hasta=hasta, por=por, request=request)
        return
    try:
        dejar_de_trabajar(operador=fila, hasta=hasta, por=por, request=request)
    except CambioImposible as error:
        raise NoSeAplica(str(error)) from error


def _agregar(propuesta: Propuesta, desde: dt.date, por: Usuario) -> None:
    datos = {campo: propuesta.datos.get(campo, "") for campo in DE_PERSONA}
    sistemas = propuesta.datos.get("sistemas", [])
    modelo = Autoridad if propuesta.sobre == Sobre.AUTORIDAD else Operador
    datos |= {"desde": desde} if modelo is Autoridad else {}
    fila = modelo(entidad=propuesta.entidad, verificado_en=timezone.localdate(), verificado_por=por, **datos)
    _exigir_que_no_este(fila)
    _validar(fila)
    fila.save()
    if modelo is Operador:
        fila.sistemas.set(Sistema.objects.filter(pk__in=sistemas))


def _exigir_que_no_este(fila) -> None:
    suyas = fila.entidad.operadores.activos()
    if isinstance(fila, Autoridad):
        suyas = fila.entidad.autoridades.filter(Q(hasta__isnull=True) | Q(hasta__gte=fila.desde))
    if any(normalizar(str(otra)) == normalizar(str(fila)) for otra in suyas):
        quien = f"{fila.nombres} {fila.apellidos}"
        raise NoSeAplica(f"{quien} ya figura en la entidad: corrija su registro y rechace esta.")


def _validar(fila, solo: str = "") -> None:
    otros = {campo.name for campo in fila._meta.fields if campo.name != solo} if solo else set()
    try:
        fila.clean_fields(exclude=otros)
        fila.validate_constraints()
    except ValidationError as error:
        raise NoSeAplica(" ".join(error.messages)) from error
