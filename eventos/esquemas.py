"""Los esquemas (JSON Schema 2020-12) de lo que el portal responde en JSON; las opciones salen de los modelos.

No admiten nada de más: si una respuesta gana un campo y aquí no se dice, las pruebas fallan.
"""

from .forms.filtros import Alcance
from .models import Capacitacion, Motivo

TEXTO = {"type": "string"}
ENTERO = {"type": "integer", "minimum": 0}
SI_O_NO = {"type": "boolean"}
URL = {"type": "string", "format": "uri"}
MOMENTO = {"type": "string", "format": "date-time"}


def opciones(valores) -> dict:
    return {"type": "string", "enum": [str(valor) for valor in valores]}


def arreglo(esquema) -> dict:
    return {"type": "array", "items": esquema}


def o_nada(esquema) -> dict:
    return {"anyOf": [esquema, {"type": "null"}]}


def ficha(*, opcionales=(), **campos) -> dict:
    """Un objeto con esos campos y ninguno más; todos obligatorios salvo los ``opcionales``."""
    return {
        "type": "object",
        "properties": campos,
        "required": [nombre for nombre in campos if nombre not in opcionales],
        "additionalProperties": False,
    }


def ref(nombre) -> dict:
    return {"$ref": f"#/components/schemas/{nombre}"}


def con_id() -> dict:
    return ficha(id=TEXTO, nombre=TEXTO)


C = Capacitacion
ESQUEMAS = {
    "Capacitaciones": ficha(
        version={"const": "https://jsonfeed.org/version/1.1"},
        title=TEXTO,
        description=TEXTO,
        home_page_url=URL,
        feed_url=URL,
        next_url=URL,
        language=TEXTO,
        items=arreglo(ref("Capacitacion")),
        _conectamef=ficha(total=ENTERO, avisos=arreglo(TEXTO), opcionales=["avisos"]),
        opcionales=["next_url"],
    ),
    "Capacitacion": ficha(
        id=URL,
        url=URL,
        title=TEXTO,
        summary=TEXTO,
        content_html=TEXTO,
        date_published=MOMENTO,
        date_modified=MOMENTO,
        tags=arreglo(TEXTO),
        _conectamef=ref("Datos"),
    ),
    "Datos": ficha(
        estado=opciones([C.Estado.PUBLICADA, C.Estado.CANCELADA]),
        situacion=opciones(C.Situacion.values),
        motivo_cancelacion=TEXTO,
        reprogramacion=o_nada(ref("Reprogramacion")),
        sesiones=arreglo(ficha(inicio=MOMENTO, fin=MOMENTO)),
        tipo=opciones(C.Tipo.values),
        modalidad=opciones(C.Modalidad.values),
        alcance=opciones(Alcance.values),
        sistemas=arreglo(con_id()),
        organiza=opciones(C.Organizador.values),
        organizador=TEXTO,
        aliado=o_nada(con_id()),
        aliado_privado=TEXTO,
        centro=o_nada(con_id()),
        lugar=TEXTO,
        direccion=TEXTO,
        ubigeo=o_nada({"type": "string", "pattern": r"^\d{6}$"}),
        objetivo=TEXTO,
        publico=TEXTO,
        abierta_a_ciudadania=SI_O_NO,
        es_gratuita={"const": True},
        cupos=o_nada(ENTERO),
        cupos_libres=o_nada(ENTERO),
        admite_inscripcion=SI_O_NO,
        inscripcion_abre=o_nada(MOMENTO),
        inscripcion_cierra=o_nada(MOMENTO),
        materiales=ENTERO,
        ics=URL,
        pagina=URL,
    ),
    "Reprogramacion": ficha(
        motivo=opciones(Motivo.values), antes=TEXTO, comenzaba=MOMENTO, lugar_antes=TEXTO, cambiada=MOMENTO
    ),
    "Resultados": ficha(
        resultados=arreglo(ficha(id={"type": ["integer", "string"]}, nombre=TEXTO, distrito=TEXTO)),
    ),
    "OEmbed": ficha(
        version={"const": "1.0"},
        type={"const": "rich"},
        title=TEXTO,
        provider_name=TEXTO,
        provider_url=URL,
        cache_age=ENTERO,
        html=TEXTO,
        width=ENTERO,
        height=ENTERO,
    ),
}
