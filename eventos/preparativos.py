"""Lo que debe constar antes de una capacitación y aún no consta (R64, R72, R86, R88)."""

from directorio.models import Personal

from .models import Capacitacion, Expositor, Preparativos

Organizador, Procedencia = Capacitacion.Organizador, Expositor.Procedencia
# Quienes del centro bastan para participar en lo que organiza otra entidad (R64).
PARTICIPAN = (Personal.Cargo.ESPECIALISTA, Personal.Cargo.COORDINADOR)
FALTA_PARTICIPANTE = "un especialista o el Coordinador del centro entre quienes exponen, abren, cierran o apoyan"


def preparativos_de(capacitacion: Capacitacion) -> Preparativos:
    """Los guardados, o unos en blanco sin guardar."""
    filas = Preparativos.objects.select_related("apertura", "clausura", "logistica")
    return filas.filter(capacitacion=capacitacion).first() or Preparativos(capacitacion=capacitacion)


def pide_autorizacion(capacitacion: Capacitacion) -> bool:
    """En lo que organiza otra entidad, la dirección autoriza a quien participa (R64)."""
    return capacitacion.organizador == Organizador.OTRA


def pide_coordinacion(capacitacion: Capacitacion) -> bool:
    """Si expone alguien de la sede o, en lo que organiza el centro, de otra entidad (R72)."""
    if capacitacion.organizador == Organizador.SEDE:
        return False
    de_fuera = [Procedencia.SEDE]
    de_fuera += [Procedencia.OTRA] if capacitacion.organizador == Organizador.CENTRO else []
    return capacitacion.expositores.filter(procedencia__in=de_fuera).exists()


def es_en_otra_ciudad(capacitacion: Capacitacion) -> bool:
    """Si se hace fuera de la ciudad del centro: los especialistas o el apoyo llevan la logística (R88)."""
    lugar, centro = capacitacion.distrito, capacitacion.centro
    if lugar is None or centro is None or not capacitacion.tiene_lugar:
        return False
    return centro.distrito is None or lugar.provincia_id != centro.distrito.provincia_id


def participa_el_centro(capacitacion: Capacitacion) -> bool:
    """Si entre quienes exponen, abren, cierran o apoyan hay un especialista o el Coordinador del centro (R64)."""
    preparativos = preparativos_de(capacitacion)
    delegados = [preparativos.apertura_id, preparativos.clausura_id, preparativos.logistica_id]
    exponen = capacitacion.expositores.exclude(personal=None).values_list("personal", flat=True)
    llaves = {*exponen, *filter(None, delegados)}
    return Personal.objects.filter(pk__in=llaves, centro=capacitacion.centro_id, cargo__in=PARTICIPAN).exists()


def faltan(capacitacion: Capacitacion, preparativos: Preparativos) -> list[str]:
    """Lo que falta, o consta con fecha posterior al comienzo, en palabras."""
    faltas = []
    if pide_autorizacion(capacitacion):
        faltas += _constancia("La autorización de la dirección", preparativos.autorizacion, preparativos.autorizada_el)
        if not participa_el_centro(capacitacion):
            faltas.append(f"Falta {FALTA_PARTICIPANTE}.")
    if pide_coordinacion(capacitacion):
        faltas += _constancia("La coordinación con la OGAUC", preparativos.coordinacion, preparativos.coordinada_el)
    if es_en_otra_ciudad(capacitacion) and not preparativos.logistica_id:
        faltas.append("Falta decir quién lleva la logística: es en otra ciudad.")
    return faltas + _tardias(capacitacion, preparativos)


def _constancia(que, documento, fecha) -> list[str]:
    return [] if documento and fecha else [f"{que} no consta."]


def _tardias(capacitacion, preparativos) -> list[str]:
    """Lo previo que se hizo cuando ya había empezado (R72)."""
    comienzo = capacitacion.fecha_inicio
    fechas = {
        "La autorización de la dirección": pide_autorizacion(capacitacion) and preparativos.autorizada_el,
        "La coordinación con la OGAUC": pide_coordinacion(capacitacion) and preparativos.coordinada_el,
    }
    return [f"{que} es posterior al comienzo." for que, el in fechas.items() if el and comienzo and el > comienzo]
