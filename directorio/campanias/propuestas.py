"""Aceptar o rechazar lo que una entidad propuso, campo por campo; dos a la vez, y se aplica una sola (ADR 0032)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comun.alcance import puede_en
from comun.texto import normalizar
from custodia.actions import anotar
from directorio.actions.nombres import guardar_nombre_de_antes, refrescar_su_gente
from directorio.frescura.partes import partes_de
from directorio.frescura.verificar import retirar
from directorio.models import Autoridad, Cartera, Operador, Propuesta
from organizacion.models import Sistema, Usuario

Sobre, Clase, Estado, Parte = Propuesta.Sobre, Propuesta.Clase, Propuesta.Estado, Cartera.Clase


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
    return _valor_en(propuesta.fila, propuesta.campo) if propuesta.clase == Clase.CAMBIO else ""


def _valor_en(fila, campo: str) -> str:
    if campo == "sistemas":
        return ", ".join(sorted(str(sistema) for sistema in fila.sistemas.all()))
    return str(getattr(fila, campo))


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
def aceptar(*, propuesta: Propuesta, visto: str, por: Usuario, request=None) -> Propuesta:
    """Aplica la propuesta. ``visto``: lo que el directorio decía cuando la persona decidió; si cambió, no se pisa."""
    propuesta = _bajo_llave(propuesta)
    _exigir_pendiente(propuesta)
    _exigir_que_siga_ahi(propuesta)
    if propuesta.clase == Clase.BAJA:
        retirar(fila=propuesta.fila, por=por, request=request)
    elif propuesta.clase == Clase.ALTA:
        _agregar(propuesta, por)
    else:
        _cambiar(propuesta, visto, por)
    return _resolver(propuesta, Estado.ACEPTADA, por, request)


def _cambiar(propuesta: Propuesta, visto: str, por: Usuario) -> None:
    fila, campo = _fila_bajo_llave(propuesta.fila), propuesta.campo
    if _valor_en(fila, campo) != visto:
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


def _agregar(propuesta: Propuesta, por: Usuario) -> None:
    datos = dict(propuesta.datos)
    sistemas = datos.pop("sistemas", [])
    modelo = Autoridad if propuesta.sobre == Sobre.AUTORIDAD else Operador
    fila = modelo(entidad=propuesta.entidad, verificado_en=timezone.localdate(), verificado_por=por, **datos)
    _exigir_que_no_este(fila)
    _validar(fila)
    fila.save()
    if modelo is Operador:
        fila.sistemas.set(Sistema.objects.filter(pk__in=sistemas))


def _exigir_que_no_este(fila) -> None:
    suyas = fila.entidad.autoridades.vigentes() if isinstance(fila, Autoridad) else fila.entidad.operadores.activos()
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
