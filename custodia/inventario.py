"""Inventario de datos personales: qué campo guarda qué, para qué, con qué base y hasta cuándo (Ley 29733).

Se declara aquí por nombre de modelo y se lee con los modelos a la vista. Un campo que parece personal y no está
declarado hace fallar ``tests/custodia/test_inventario.py``. Bases y plazos los confirma la asesoría jurídica.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BooleanField, Field, Model

from .finalidades import TRATAMIENTOS, Tratamiento

APPS = frozenset(["home", "boletines", "eventos", "directorio", "acceso", "correo", "custodia", "organizacion"])
PARECE = re.compile(
    r"(^|_)(correo|email|mail|dni|ruc|documento|telefono|celular|anexo|nombres?|apellidos?|first|last|username|ip|"
    r"firma|foto|direccion|contacto|cargo|password|responsable|nacimiento|sexo|edad)(_|$)|^texto_busqueda$"
)
TIPOS = {"EmailField", "GenericIPAddressField", "FileField", "ImageField"}
ARCHIVO = "custodia.archivoprivado"


@dataclass(frozen=True)
class Tabla:
    """Una tabla con datos personales: su ``modelo`` en el código y sus ``campos``, pares (nombre, cómo se lee)."""

    modelo: str
    nombre: str
    campos: list[tuple[str, str]]


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
    "directorio.operador": ("operadores", "persona nombres apellidos cargo correo telefono texto_busqueda"),
    "directorio.autoridad": ("operadores", "nombres apellidos cargo correo telefono texto_busqueda"),
    "directorio.contacto": ("operadores", "valor nota"),
    "directorio.fusion": ("operadores", "antes"),
    "directorio.pedido": ("operadores", "operador correo nota"),
    "directorio.propuesta": ("operadores", "operador autoridad antes despues datos"),
    "directorio.puesto": ("operadores", "operador cargo"),
    "directorio.puestodepersonal": ("personal", "personal cargo"),
    "directorio.importacion": ("operadores", "archivo"),
    "directorio.renglondeimportacion": ("operadores", "nombre cambios"),
    "directorio.medio": ("medios", "contacto correo telefono texto_busqueda"),
    "directorio.personal": ("personal", "persona nombres apellidos cargo correo telefono anexo texto_busqueda"),
    "organizacion.usuario": ("cuentas", "username password first_name last_name email last_login"),
    "acceso.textosalvado": ("entrada", "usuario datos"),
    "usersessions.usersession": ("entrada", "user ip user_agent last_seen_at"),
    "mfa.authenticator": ("entrada", "user data last_used_at"),
    "axes.accessattempt": ("entrada", "username ip_address user_agent"),
    "boletines.suscriptor": ("suscripcion", "correo nombre texto_busqueda"),
    "boletines.importaciondesuscriptores": ("suscripcion", "archivo evidencia errores"),
    "boletines.correooficial": ("correo_oficial", "correo"),
    "correo.envio": ("envios", "texto html responder_a"),
    "correo.entrega": ("envios", "direccion nombre referencia"),
    "correo.suceso": ("envios", "direccion"),
    "correo.supresion": ("envios", "direccion"),
    "custodia.consentimiento": ("consentimiento", "ip"),
    "custodia.huella": ("rastro", "usuario usuario_nombre ip"),
    "custodia.solicituddederechos": (
        "derechos",
        "nombres apellidos tipo_documento numero_documento correo telefono representante pedido correos_confirmados "
        "copia_de_documento paquete respuesta texto_busqueda",
    ),
    "custodia.pasodesolicitud": ("derechos", "texto"),
    "custodia.vulneracion": ("vulneraciones", "que_paso medidas informe"),
    "custodia.pasodevulneracion": ("vulneraciones", "texto"),
}

# Los modelos de otros paquetes no hablan español: cómo se llama cada tabla y, en orden, cada campo declarado.
AJENOS: dict[str, tuple[str, list[str]]] = {
    "usersessions.usersession": ("sesión abierta", ["usuario", "dirección IP", "navegador", "último uso"]),
    "mfa.authenticator": ("segundo factor", ["usuario", "secreto cifrado o llave pública", "último uso"]),
    "axes.accessattempt": ("fallo al entrar", ["nombre de usuario", "dirección IP", "navegador"]),
}

# Parecen personales por su nombre o su tipo y son de una institución, un lugar o un documento público.
NO_PERSONALES: dict[str, str] = {
    "organizacion.ajustesportal": "nombre_sitio correo telefono correo_seguridad correo_ogti tope_sin_segunda_firma",
    "organizacion.centro": "nombre correo telefono direccion",
    "organizacion.departamento": "nombre",
    "organizacion.nombredecentro": "nombre",
    "directorio.nombredeentidad": "nombre",
    "directorio.indicador": "nombre",
    "directorio.campania": "nombre",
    "directorio.cartera": "responsable",
    "organizacion.provincia": "nombre",
    "organizacion.distrito": "nombre",
    "organizacion.latido": "nombre",
    "organizacion.organo": "nombre",
    "organizacion.sistema": "nombre",
    "custodia.ajustesprivacidad": "oficial correo telefono direccion",
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
    """Los nuestros, y los de otros paquetes que se declararon."""
    return [m for m in apps.get_models() if m._meta.app_label in APPS or m._meta.label_lower in DECLARADOS]


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
    if nombre in AJENOS:
        en_espanol, rotulos = AJENOS[nombre]
        return Tabla(f"{meta.app_label}.models.{meta.object_name}", en_espanol, list(zip(campos, rotulos, strict=True)))
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
        lineas += [f"- **Base**: {tratamiento.base}.", f"- **Quién los ve**: {tratamiento.destinatarios}."]
        lineas += [f"- **Transferencias**: {tratamiento.transferencias}.", f"- **Plazo**: {tratamiento.plazo}.", ""]
        lineas += ["| Tabla | Campos |", "|---|---|"]
        for tabla in tablas:
            campos = ", ".join(f"{como_se_lee} (`{campo}`)" for campo, como_se_lee in tabla.campos)
            lineas.append(f"| {tabla.nombre} (`{tabla.modelo}`) | {campos} |")
    return "\n".join(lineas) + "\n"
