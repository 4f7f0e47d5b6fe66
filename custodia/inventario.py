"""Inventario de datos personales: qué campo guarda qué, para qué, con qué base y hasta cuándo (Ley 29733).

Se declara aquí por nombre de modelo y se lee con los modelos a la vista. Un campo que parece personal y no está
declarado hace fallar ``tests/custodia/test_inventario.py``. Bases y plazos los confirma la asesoría jurídica.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BooleanField, Field, Model

APPS = frozenset(["home", "boletines", "eventos", "directorio", "correo", "custodia", "organizacion"])
PARECE = re.compile(
    r"(^|_)(correo|email|mail|dni|ruc|documento|telefono|celular|anexo|nombres?|apellidos?|first|last|username|ip|"
    r"firma|foto|direccion|contacto|cargo|password|responsable|nacimiento|sexo|edad)(_|$)|^texto_busqueda$"
)
TIPOS = {"EmailField", "GenericIPAddressField", "FileField", "ImageField"}
ARCHIVO = "custodia.archivoprivado"


@dataclass(frozen=True)
class Tratamiento:
    nombre: str
    finalidad: str
    base: str
    plazo: str


@dataclass(frozen=True)
class Tabla:
    """Una tabla con datos personales: su ``modelo`` en el código y sus ``campos``, pares (nombre, cómo se lee)."""

    modelo: str
    nombre: str
    campos: list[tuple[str, str]]


FUNCIONES = "Ejercicio de las funciones del Ministerio (Ley 29733, artículo 14, numeral 1)"
CONSENTIMIENTO = "Consentimiento de la persona, con el aviso que aceptó (Ley 29733, artículo 13)"
CARPETA = "El del expediente de la capacitación, según las normas de archivo del Estado"
DIRECTORIO = "Mientras figure en el directorio"

TRATAMIENTOS = {
    "inscripcion": Tratamiento(
        "Inscripción, asistencia y pruebas",
        "Inscribir, avisar cambios, registrar la asistencia firmada y elaborar estadísticas sin nombres",
        CONSENTIMIENTO,
        CARPETA,
    ),
    "convocatoria": Tratamiento(
        "Convocatoria y llamadas", "Invitar a operadores de las entidades y confirmar su asistencia", FUNCIONES, CARPETA
    ),
    "expediente": Tratamiento(
        "Expediente de la capacitación",
        "Guardar registros firmados, firmas, fotos e informes como sustento (R84)",
        FUNCIONES,
        CARPETA,
    ),
    "exposicion": Tratamiento(
        "Expositores y programa", "Anunciar quién expone y organizar el evento", FUNCIONES, CARPETA
    ),
    "solicitud": Tratamiento(
        "Solicitudes de capacitación", "Atender el pedido de una entidad y responderle", FUNCIONES, CARPETA
    ),
    "pregunta": Tratamiento(
        "Preguntas a un centro", "Responder la pregunta", CONSENTIMIENTO, "Mientras la respuesta sirva para atenderle"
    ),
    "operadores": Tratamiento(
        "Directorio de operadores", "Contactar a quien opera cada sistema en su entidad (R114)", FUNCIONES, DIRECTORIO
    ),
    "medios": Tratamiento(
        "Directorio de medios", "Difundir las actividades de los centros (R114)", FUNCIONES, DIRECTORIO
    ),
    "personal": Tratamiento(
        "Personal de los centros",
        "Publicar a quién acudir y organizar el trabajo (R3, R114)",
        "Relación laboral o contractual (Ley 29733, artículo 14, numeral 5)",
        "Mientras trabaje en el centro; después, sus fechas quedan en la historia",
    ),
    "cuentas": Tratamiento(
        "Cuentas del personal",
        "Entrar a la intranet y saber quién hizo qué",
        "Relación laboral o contractual (Ley 29733, artículo 14, numeral 5)",
        "La cuenta se cierra al cesar; su nombre queda en el rastro",
    ),
    "suscripcion": Tratamiento(
        "Suscripción al boletín",
        "Enviar el boletín y los comunicados que la persona pidió",
        CONSENTIMIENTO,
        "Hasta que se dé de baja; la dirección dada de baja se conserva para no volver a escribirle",
    ),
    "correo_oficial": Tratamiento(
        "Difusión a correos oficiales", "Difundir normas, plazos y capacitaciones", FUNCIONES, DIRECTORIO
    ),
    "envios": Tratamiento(
        "Bandeja de salida del correo",
        "Enviar cada mensaje una vez y poder decir si llegó",
        "La del tratamiento que originó el mensaje",
        "Por fijar: hoy no se borran",
    ),
    "consentimiento": Tratamiento(
        "Prueba de consentimiento",
        "Demostrar qué aviso se aceptó, cuándo y desde dónde",
        "Obligación de probarlo (Ley 29733, artículo 13)",
        "Mientras dure el tratamiento que ampara",
    ),
    "rastro": Tratamiento(
        "Rastro de auditoría",
        "Saber quién cambió, leyó o exportó datos personales",
        "Medidas de seguridad (Ley 29733, artículo 16)",
        "Por fijar: hoy no se borra",
    ),
}

# Modelo → (tratamiento, campos personales).
DECLARADOS: dict[str, tuple[str, str]] = {
    "organizacion.persona": ("inscripcion", "tipo_documento numero_documento nombres apellidos texto_busqueda"),
    "eventos.inscripcion": (
        "inscripcion",
        "persona nombres apellidos cargo correo telefono entidad_texto texto_busqueda",
    ),
    "eventos.asistencia": ("inscripcion", "inscripcion"),
    "eventos.notadeprueba": ("inscripcion", "inscripcion puntaje"),
    "eventos.vistobueno": ("inscripcion", "inscripcion papeleta"),
    "eventos.invitacion": ("convocatoria", "nombre cargo correo telefono respuesta"),
    "eventos.llamada": ("convocatoria", "invitacion inscripcion resultado nota"),
    "eventos.escaneo": ("expediente", "archivo"),
    "eventos.firmaenpantalla": ("expediente", "archivo"),
    "eventos.fotodeinforme": ("expediente", "archivo"),
    "eventos.expediente": ("expediente", "archivo recibido_de"),
    "eventos.piezadeexpediente": ("expediente", "archivo"),
    "eventos.partedeexpediente": ("expediente", "archivo"),
    "eventos.cierreanulado": ("expediente", "archivo"),
    "custodia.archivoprivado": ("expediente", "archivo nombre"),
    "eventos.expositor": ("exposicion", "nombre cargo procedencia"),
    "eventos.actividadprograma": ("exposicion", "responsable"),
    "eventos.tarealogistica": ("exposicion", "responsable"),
    "eventos.solicitud": ("solicitud", "contacto cargo correo telefono dirigida_a texto_busqueda"),
    "eventos.pregunta": ("pregunta", "nombre correo telefono texto"),
    "directorio.operador": ("operadores", "nombres apellidos cargo correo telefono texto_busqueda"),
    "directorio.medio": ("medios", "contacto correo telefono texto_busqueda"),
    "directorio.personal": ("personal", "nombres apellidos cargo correo telefono anexo texto_busqueda"),
    "organizacion.usuario": ("cuentas", "username password first_name last_name email last_login"),
    "boletines.suscriptor": ("suscripcion", "correo nombre texto_busqueda"),
    "boletines.importaciondesuscriptores": ("suscripcion", "archivo evidencia errores"),
    "boletines.correooficial": ("correo_oficial", "correo"),
    "correo.envio": ("envios", "texto html responder_a"),
    "correo.entrega": ("envios", "direccion nombre referencia"),
    "correo.suceso": ("envios", "direccion"),
    "correo.supresion": ("envios", "direccion"),
    "custodia.consentimiento": ("consentimiento", "ip"),
    "custodia.huella": ("rastro", "usuario usuario_nombre ip"),
}

# Parecen personales por su nombre o su tipo y son de una institución, un lugar o un documento público.
NO_PERSONALES: dict[str, str] = {
    "organizacion.ajustesportal": "nombre_sitio correo telefono correo_ogti tope_sin_segunda_firma",
    "organizacion.centro": "nombre correo telefono direccion",
    "organizacion.departamento": "nombre",
    "organizacion.provincia": "nombre",
    "organizacion.distrito": "nombre",
    "organizacion.latido": "nombre",
    "organizacion.organo": "nombre",
    "organizacion.sistema": "nombre",
    "directorio.entidad": "nombre ruc direccion telefono correo texto_busqueda",
    "directorio.medio": "nombre",
    "eventos.capacitacion": "direccion organizador_nombre texto_busqueda",
    "eventos.importaciondeprograma": "nombre",
    "eventos.material": "archivo",
    "eventos.mesa": "nombre",
    "eventos.piezadeexpediente": "anexo",
    "eventos.partedeexpediente": "anexo",
    "eventos.solicitud": "documento",
    "home.norma": "texto_busqueda documento",
    "home.noticiapage": "texto_busqueda",
    "boletines.adjuntodecorreo": "archivo",
    "boletines.boletinpage": "texto_busqueda",
    "boletines.comunicadopage": "texto_busqueda",
}


def parece_personal(campo: Field) -> bool:
    """Por su nombre, por su tipo o porque señala un archivo privado."""
    if campo.is_relation:
        return campo.related_model is not None and campo.related_model._meta.label_lower == ARCHIVO
    if isinstance(campo, BooleanField):
        return False
    return bool(PARECE.search(campo.name)) or campo.get_internal_type() in TIPOS or type(campo).__name__ in TIPOS


def modelos() -> list[type[Model]]:
    return [modelo for modelo in apps.get_models() if modelo._meta.app_label in APPS]


def sin_declarar() -> list[str]:
    """«app.modelo.campo» de cada campo que parece personal y nadie declaró."""
    faltan = []
    for modelo in modelos():
        nombre = modelo._meta.label_lower
        dichos = {*DECLARADOS.get(nombre, ("", ""))[1].split(), *NO_PERSONALES.get(nombre, "").split()}
        faltan += [
            f"{nombre}.{campo.name}"
            for campo in modelo._meta.local_fields
            if parece_personal(campo) and campo.name not in dichos
        ]
    return faltan


def declarados_que_no_existen() -> list[str]:
    """Lo declarado de un modelo o un campo que ya no está."""
    dichos = [(modelo, campos) for modelo, (_, campos) in DECLARADOS.items()] + list(NO_PERSONALES.items())
    por_nombre = {modelo._meta.label_lower: modelo for modelo in modelos()}
    sobran = []
    for nombre, campos in dichos:
        hay = {campo.name for campo in por_nombre[nombre]._meta.get_fields()} if nombre in por_nombre else set()
        sobran += [f"{nombre}.{campo}" for campo in campos.split() if campo not in hay]
    return sobran


def es_personal(modelo: type[Model]) -> bool:
    return modelo._meta.label_lower in DECLARADOS


def por_tratamiento() -> Iterator[tuple[Tratamiento, list[Tabla]]]:
    """El inventario, en el orden de ``TRATAMIENTOS``."""
    for clave, tratamiento in TRATAMIENTOS.items():
        suyos = [(nombre, campos.split()) for nombre, (de, campos) in DECLARADOS.items() if de == clave]
        yield tratamiento, [_tabla(nombre, campos) for nombre, campos in suyos]


def _tabla(nombre: str, campos: list[str]) -> Tabla:
    meta = apps.get_model(nombre)._meta
    return Tabla(
        f"{meta.app_label}.models.{meta.object_name}",
        str(meta.verbose_name),
        [(campo, _como_se_lee(meta.get_field(campo))) for campo in campos],
    )


def _como_se_lee(campo: Field) -> str:
    # La columna con que se busca no tiene nombre propio: repite lo demás, sin tildes.
    if campo.name == "texto_busqueda":
        return "texto de búsqueda"
    sin_nombre = campo.is_relation and campo.verbose_name == campo.name.replace("_", " ")
    return str(campo.related_model._meta.verbose_name if sin_nombre else campo.verbose_name)


def a_markdown() -> str:
    """La página ``docs/datos-personales.md``."""
    lineas = [
        "# Datos personales",
        "",
        "Qué guarda el portal de las personas, para qué, con qué base y hasta cuándo (Ley 29733). Sale de",
        "`custodia/inventario.py`: se rehace con `manage.py inventario_de_datos` y una prueba falla si un campo que",
        "parece personal no está. Las bases y los plazos los confirma la asesoría jurídica.",
    ]
    for tratamiento, tablas in por_tratamiento():
        lineas += ["", f"## {tratamiento.nombre}", "", f"- **Para qué**: {tratamiento.finalidad}."]
        lineas += [f"- **Base**: {tratamiento.base}.", f"- **Plazo**: {tratamiento.plazo}.", ""]
        lineas += ["| Tabla | Campos |", "|---|---|"]
        for tabla in tablas:
            campos = ", ".join(f"{como_se_lee} (`{campo}`)" for campo, como_se_lee in tabla.campos)
            lineas.append(f"| {tabla.nombre} (`{tabla.modelo}`) | {campos} |")
    return "\n".join(lineas) + "\n"
