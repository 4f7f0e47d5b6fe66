"""Qué columnas admite cada registro, con qué otros nombres se reconocen y cómo se lee cada celda."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from comun.celdas import leer_fecha, leer_texto
from comun.texto import normalizar
from comun.validadores import validar_documento, validar_telefono
from directorio.models import Autoridad, Entidad, Importacion, Medio, Operador, Personal

from .juntos import apellidos_primero, nombres_primero

Tipo = Importacion.Tipo
PRIMER_ANIO = 1950


def _texto(valor) -> str:
    if isinstance(valor, bool | dt.date | dt.time | dt.timedelta):
        raise ValueError("la celda es una fecha, una hora o un verdadero o falso de Excel: escríbala como texto.")
    texto = leer_texto(valor)
    if any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in texto):
        raise ValueError("tiene caracteres que no se pueden guardar.")
    return texto


def _con_ceros(cifras: int):
    """Excel quita los ceros iniciales de lo que toma por número: se reponen hasta ``cifras``."""
    return lambda valor: _texto(valor).zfill(cifras) if isinstance(valor, int | float) else _texto(valor)


def _correo(valor) -> str:
    validate_email(texto := _texto(valor).lower())
    return texto


def _telefono(valor) -> str:
    validar_telefono(texto := _texto(valor))
    return texto


def _dni(valor) -> str:
    return validar_documento("dni", _con_ceros(8)(valor))


def _fecha(valor) -> dt.date:
    """Un año suelto («2023») Excel lo da como número, y leído como fecha cae en 1905."""
    fecha = leer_fecha(valor)
    if fecha.year < PRIMER_ANIO:
        raise ValueError(f"«{leer_texto(valor)}» no es una fecha posible: escriba día, mes y año, como 7/12/2026.")
    return fecha


def _fecha_pasada(valor) -> dt.date:
    if (fecha := _fecha(valor)) > timezone.localdate():
        raise ValueError("la fecha no puede ser futura.")
    return fecha


def _si_no(valor) -> bool:
    dicho = normalizar(leer_texto(valor))
    if dicho in {"si", "s", "1", "x", "true", "activo", "activa"}:
        return True
    if dicho in {"no", "n", "0", "false", "inactivo", "inactiva"}:
        return False
    raise ValueError("escriba «sí» o «no».")


def _opcion(opciones):
    def leer(valor):
        dicho = normalizar(leer_texto(valor))
        for opcion in opciones:
            if dicho in {normalizar(opcion.value), normalizar(opcion.label)}:
                return opcion.value
        raise ValueError(f"elija entre: {', '.join(opcion.label for opcion in opciones)}.")

    return leer


@dataclass(frozen=True)
class Campo:
    nombre: str
    rotulo: str
    leer: Callable = _texto
    otros: tuple[str, ...] = ()  # cómo más lo llaman las hojas de la gente
    obligatorio: bool = False  # para agregar una fila; para actualizar basta la clave


def _c(nombre, rotulo, leer=_texto, *otros, obligatorio=False):
    return Campo(nombre, rotulo, leer, otros, obligatorio)


_CONTACTO = (
    _c("telefono", "Teléfono", _telefono, "celular", "telefono celular", "numero de celular", "movil", "telf", "fono"),
    _c("correo", "Correo", _correo, "email", "e-mail", "correo electronico", "correo institucional", "mail"),
)
# En una sola celda: no es un campo del directorio, se reparte entre los dos que sí.
_JUNTOS = (
    _c("juntos", "Apellidos y nombres", lambda valor: apellidos_primero(_texto(valor)), "apellidos nombres completos"),
    _c("juntos_al_reves", "Nombres y apellidos", lambda valor: nombres_primero(_texto(valor))),
)
# Tampoco: es lo que el formulario pregunta al agregar a alguien con el nombre de otro.
_ES_OTRA = _c("es_otra", "Es otra persona (sí o no)", _si_no, "es otra persona", "otra persona")
_VERIFICADO = _c("verificado_en", "Verificado el", _fecha_pasada, "fecha de verificacion", "verificado")
_PERSONA = (
    _c("apellidos", "Apellidos", _texto, "apellido", "apellidos completos", obligatorio=True),
    _c("nombres", "Nombres", _texto, "nombre", "prenombres", obligatorio=True),
)
# La entidad se dice por su código SIAF, su RUC o su ubigeo y nombre: el primero que venga.
_ENTIDAD = (
    _c("entidad_siaf", "Código SIAF de la entidad", _con_ceros(6), "siaf", "codigo siaf", "cod siaf"),
    _c("entidad_ruc", "RUC de la entidad", _texto, "ruc"),
    _c("entidad_ubigeo", "Ubigeo de la entidad", _con_ceros(6), "ubigeo"),
    _c(
        "entidad_nombre",
        "Entidad",
        _texto,
        "institucion",
        "nombre de la entidad",
        "municipalidad",
        "entidad o institucion",
    ),
)
_CENTRO = _c("centro", "Centro", _texto, "conectamef", "sede")
_VIGENCIA = (
    _c("desde", "Desde", _fecha, "inicio", "fecha de inicio"),
    _c("hasta", "Hasta", _fecha, "fin", "cese"),
)
CAMPOS: dict[str, tuple[Campo, ...]] = {
    Tipo.ENTIDAD: (
        _c("codigo_siaf", "Código SIAF", _con_ceros(6), "siaf", "cod siaf", "ejecutora"),
        _c("ruc", "RUC", _texto, "numero de ruc"),
        _c("nombre", "Nombre", _texto, "entidad", "institucion", "razon social", obligatorio=True),
        _c("tipo", "Tipo", _opcion(Entidad.Tipo), "nivel de gobierno", "tipo de entidad", obligatorio=True),
        _c("distrito", "Ubigeo", _con_ceros(6), "distrito (ubigeo)", "codigo ubigeo", obligatorio=True),
        _c("direccion", "Dirección", _texto, "domicilio"),
        *_CONTACTO,
        _c("esta_activa", "Activa", _si_no, "estado"),
        _VERIFICADO,
    ),
    Tipo.OPERADOR: (
        _c("documento", "DNI", _dni, "documento", "numero de documento", "numero de dni", "documento de identidad"),
        *_PERSONA,
        *_ENTIDAD,
        _c("cargo", "Cargo", _texto, "puesto"),
        _c("sistemas", "Sistemas", _texto, "sistema", "sistema administrativo", "sistemas administrativos"),
        *_CONTACTO,
        _c("esta_activo", "Activo", _si_no, "estado"),
        _VERIFICADO,
    ),
    Tipo.AUTORIDAD: (
        *_PERSONA,
        *_ENTIDAD,
        _c("cargo", "Cargo", _texto, "puesto", obligatorio=True),
        *_CONTACTO,
        *_VIGENCIA,
        _VERIFICADO,
    ),
    Tipo.MEDIO: (
        _c("nombre", "Nombre", _texto, "medio", "medio de comunicacion", obligatorio=True),
        _c("tipo", "Tipo", _opcion(Medio.Tipo), "tipo de medio", obligatorio=True),
        _CENTRO,
        _c("contacto", "Persona de contacto", _texto, "contacto", "responsable"),
        *_CONTACTO,
        _c("esta_activo", "Activo", _si_no, "estado"),
        _VERIFICADO,
    ),
    Tipo.PERSONAL: (
        *_PERSONA,
        _c("cargo", "Cargo", _opcion(Personal.Cargo), "puesto", obligatorio=True),
        _CENTRO,
        _c("sistema", "Sistema", _texto, "sistema administrativo"),
        *_CONTACTO,
        _c("anexo", "Anexo", _texto, "anexo telefonico"),
        *_VIGENCIA,
        _c("es_publico", "Figura en la web", _si_no, "publico"),
        _VERIFICADO,
    ),
}
MODELOS = {
    Tipo.ENTIDAD: Entidad,
    Tipo.OPERADOR: Operador,
    Tipo.AUTORIDAD: Autoridad,
    Tipo.MEDIO: Medio,
    Tipo.PERSONAL: Personal,
}
CLAVES = {
    Tipo.ENTIDAD: "su código SIAF; si no viene, su RUC; si tampoco, su ubigeo y su nombre",
    Tipo.OPERADOR: "su DNI; si no viene o nadie lo tiene, su entidad con sus apellidos y nombres",
    Tipo.AUTORIDAD: "su entidad con sus apellidos y nombres",
    Tipo.MEDIO: "su centro y su nombre",
    Tipo.PERSONAL: "su centro con sus apellidos y nombres",
}
JUNTOS = {campo.nombre for campo in _JUNTOS}
SEPARADOS = {campo.nombre for campo in _PERSONA}
_NUMERO, _DE_ENLACE = {"n", "no", "nro", "num"}, {"de", "del", "la", "el", "los", "y", "o"}


def adivinar(tipo: str, encabezados: list[str]) -> dict[str, str]:
    """Encabezado → campo, por su rótulo o por cómo más se le llama; cada campo una sola vez."""
    nombres = {_lo_que_dice(n): c.nombre for c in columnas_de(tipo) for n in (c.nombre, *c.otros, c.rotulo)}
    mapeo = {}
    for encabezado in encabezados:
        campo = nombres.get(_lo_que_dice(encabezado))
        if campo and campo not in mapeo.values():
            mapeo[encabezado] = campo
    sobran = JUNTOS if SEPARADOS & set(mapeo.values()) else set()
    return {encabezado: campo for encabezado, campo in mapeo.items() if campo not in sobran}


def columnas_de(tipo: str) -> tuple[Campo, ...]:
    """A qué puede ir una columna: los campos del registro y, si es de personas, lo que se dice de su nombre."""
    con_persona = {campo.nombre for campo in CAMPOS[tipo]} >= SEPARADOS
    return (*CAMPOS[tipo], *(_JUNTOS if con_persona else ()), *((_ES_OTRA,) if tipo == Tipo.OPERADOR else ()))


def _lo_que_dice(encabezado: str) -> str:
    """«Nro. de documento», «N° documento» y «Número de Documento» dicen lo mismo."""
    palabras = re.findall(r"[a-z0-9]+", normalizar(re.sub("[°º]", " ", encabezado)))
    palabras = ["numero" if palabra in _NUMERO else palabra for palabra in palabras]
    return " ".join(palabra for palabra in palabras if palabra not in _DE_ENLACE)


def leer_celdas(tipo: str, fila, mapeo: dict[str, str]) -> tuple[dict, list[str]]:
    """(campo → valor, o ``None`` si la celda está en blanco; errores por celda)."""
    de_nombre, datos, errores = {campo.nombre: campo for campo in columnas_de(tipo)}, {}, list(fila.errores)
    for encabezado, nombre in mapeo.items():
        crudo = fila.valores.get(encabezado)
        if not leer_texto(crudo):
            datos[nombre] = None
            continue
        try:
            datos[nombre] = de_nombre[nombre].leer(crudo)
        except ValidationError as error:
            errores.append(f"«{encabezado}»: {' '.join(error.messages)}")
        except ValueError as error:
            errores.append(f"«{encabezado}»: {error}")
    for nombre in JUNTOS & datos.keys():
        datos["apellidos"], datos["nombres"] = datos.pop(nombre) or (None, None)
    return datos, errores
