"""Buscar en el directorio: una caja, y lo hallado por grupos, dentro del alcance de quien busca (ADR 0033)."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from comun.alcance import en_alcance
from comun.hallar import hallar
from comun.validadores import validar_documento
from organizacion.models import TipoDocumento, Usuario

from .models import Autoridad, Entidad, Medio, Operador, Personal
from .permissions import puede_buscar_por_documento

POR_GRUPO = 8
MINIMO = 2  # letras
# Un correo o un número largo puede ser de alguien: no va en la dirección ni queda en los registros del servidor.
_DE_ALGUIEN = re.compile(r"@|\d[\d\s.\-]{4,}\d")


@dataclass(frozen=True)
class Grupo:
    titulo: str
    modelo: type
    nombre: tuple[str, ...]
    relacionadas: tuple[str, ...]
    vivas: Q = Q()

    @property
    def permiso(self) -> str:
        return f"directorio.view_{self.modelo._meta.model_name}"


@dataclass(frozen=True)
class Hallado:
    grupo: Grupo
    filas: list
    hay_mas: bool


_SIN_FUSIONAR = Q(fusionado_en__isnull=True)
_LUGAR = "distrito__provincia__departamento"
GRUPOS = (
    Grupo("Entidades", Entidad, ("nombre",), (_LUGAR, "centro"), Q(fusionada_en__isnull=True)),
    Grupo("Operadores", Operador, ("apellidos", "nombres"), ("entidad",), _SIN_FUSIONAR),
    Grupo("Autoridades", Autoridad, ("apellidos", "nombres"), ("entidad",)),
    Grupo("Personal", Personal, ("apellidos", "nombres"), ("centro", "sistema")),
    Grupo("Medios", Medio, ("nombre",), ("centro",)),
)


def es_de_alguien(consulta: str) -> bool:
    """Si lo escrito puede ser un documento, un teléfono o un correo."""
    return bool(_DE_ALGUIEN.search(consulta))


def grupos_de(usuario: Usuario) -> list[Grupo]:
    return [grupo for grupo in GRUPOS if usuario.has_perm(grupo.permiso)]


def buscar(usuario: Usuario, consulta: str) -> list[Hallado]:
    """Lo hallado en cada grupo que ``usuario`` puede ver; los vacíos no van. Con menos de dos letras, nada."""
    consulta = " ".join(consulta.replace("\x00", "").split())[:100]
    if len(consulta.replace(" ", "")) < MINIMO:
        return []
    hallados = (_buscar_en(grupo, usuario, consulta) for grupo in grupos_de(usuario))
    return [hallado for hallado in hallados if hallado.filas]


def _buscar_en(grupo: Grupo, usuario: Usuario, consulta: str) -> Hallado:
    filas = en_alcance(grupo.modelo.objects.filter(grupo.vivas), usuario).select_related(*grupo.relacionadas)
    halladas = _por_documento(filas, usuario, consulta) + hallar(filas, consulta, POR_GRUPO + 1, grupo.nombre)
    return Hallado(grupo, [_presentable(fila) for fila in halladas[:POR_GRUPO]], len(halladas) > POR_GRUPO)


def _por_documento(filas, usuario: Usuario, consulta: str) -> list:
    """Quien tiene exactamente ese documento: un pedazo no halla a nadie."""
    if not hasattr(filas.model, "persona") or not es_de_alguien(consulta) or not puede_buscar_por_documento(usuario):
        return []
    numeros = {consulta.upper(), *_como_documento(consulta)}
    return list(filas.filter(persona__numero_documento__in=numeros)[:POR_GRUPO])


def _como_documento(consulta: str):
    for tipo in TipoDocumento.values:
        try:
            yield validar_documento(tipo, consulta)
        except ValidationError:
            continue  # no es un documento de ese tipo


def _presentable(fila) -> dict:
    """Lo que se muestra de una fila de cualquier grupo, y a dónde lleva."""
    destino = fila.entidad if isinstance(fila, Autoridad) else fila
    return {
        "nombre": str(fila),
        "detalle": _detalle(fila),
        "correo": fila.correo,
        "telefono": fila.telefono,
        "anexo": getattr(fila, "anexo", ""),
        "url": reverse(f"directorio_{destino._meta.model_name}_modeladmin_inspect", args=[destino.pk]),
        "apagada": _apagada(fila),
    }


def _detalle(fila) -> str:
    if isinstance(fila, Entidad):
        partes = (fila.distrito.nombre_completo, fila.codigo_siaf and f"SIAF {fila.codigo_siaf}")
    elif isinstance(fila, Personal):
        partes = (fila.cargo_completo, fila.centro or "Sede")
    elif isinstance(fila, Medio):
        partes = (fila.get_tipo_display(), fila.contacto, fila.centro)
    else:
        partes = (fila.cargo, fila.entidad)
    return " · ".join(str(parte) for parte in partes if parte)


def _apagada(fila) -> str:
    """Por qué ya no se le llama, o «»."""
    if isinstance(fila, Entidad):
        return "" if fila.esta_activa else "Inactiva"
    if isinstance(fila, Operador | Medio):
        return "" if fila.esta_activo else "Inactivo"
    return "Ya no está en el cargo" if fila.hasta and fila.hasta < timezone.localdate() else ""
