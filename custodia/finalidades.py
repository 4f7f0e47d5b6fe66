"""El registro único de finalidades (Ley 29733): para qué se usan los datos, con qué base, quién los ve y hasta cuándo.

De aquí salen los avisos de cada formulario, la página pública «Protección de datos personales», el inventario y los
plazos que aplica ``manage.py retencion``. Bases y plazos los confirma la asesoría jurídica (ADR 0030).
"""

from dataclasses import dataclass

FUNCIONES = "Ejercicio de las funciones del Ministerio (Ley 29733, artículo 14, numeral 1)"
CONSENTIMIENTO = "Consentimiento de la persona, con el aviso que aceptó (Ley 29733, artículo 13)"
CONTRATO = "Relación laboral o contractual (Ley 29733, artículo 14, numeral 5)"
CARPETA = "Se conserva con el expediente de la capacitación, el tiempo que fijan las normas de archivo del Estado"
DIRECTORIO = "Se conserva mientras figure en el directorio"

RESPONSABLE = "El responsable es el Ministerio de Economía y Finanzas (Jr. Junín 319, Lima)."
SOLO_EL_CENTRO = "el personal del centro y de la sede que lo necesita"
SIN_TRANSFERENCIAS = "No se transfieren a terceros ni fuera del país"
CANAL = (
    "Puede pedir ver, corregir, borrar o llevarse sus datos, u oponerse a su uso, en la página «Protección de datos "
    "personales» de este portal o en la mesa de partes de cualquier CONECTAMEF; es gratuito (Ley 29733)."
)


@dataclass(frozen=True)
class Plazo:
    """A los ``meses`` (``dias`` si es menos), ``efecto``. Lo cumple la regla de retención de la misma clave."""

    efecto: str
    meses: int = 0
    dias: int = 0

    @property
    def cuanto(self) -> str:
        if self.dias:
            return "1 día" if self.dias == 1 else f"{self.dias} días"
        return "1 mes" if self.meses == 1 else f"{self.meses} meses"

    def __str__(self):
        cuando = f"al cabo de {self.cuanto}" if self.cuanto.startswith("1 ") else f"a los {self.cuanto}"
        return f"{cuando}, {self.efecto}"


# Todos por confirmar por la asesoría jurídica. Cada clave es la de una ``comun.retencion.Regla``.
PLAZOS = {
    "sin_asistencia": Plazo("se retira el nombre de quien se inscribió y no asistió", meses=24),
    "contacto": Plazo("se retiran el correo y el teléfono de quien asistió", meses=36),
    "invitaciones": Plazo("se retira el nombre de la persona invitada", meses=24),
    "preguntas": Plazo("se retiran el texto y los datos de quien preguntó", meses=24),
    "operadores": Plazo("se borran los correos y teléfonos de quien dejó el puesto", meses=24),
    "propuestas": Plazo("se borra lo que se propuso corregir por el enlace de una campaña", meses=24),
    "importaciones": Plazo("se borran el archivo importado al directorio y lo que se leyó de él", meses=6),
    "sin_confirmar": Plazo("se borra la suscripción que nadie confirmó", meses=1),
    "bajas": Plazo(
        "se borra al suscriptor dado de baja y queda solo su dirección, para no volver a escribirle", meses=12
    ),
    "listas": Plazo("se borra el archivo de la lista importada", meses=12),
    "envios": Plazo("se retiran el contenido y las direcciones de cada correo enviado", meses=12),
    "consentimientos": Plazo("se retira la dirección IP y se borra el consentimiento que ya no ampara nada", meses=24),
    "sesiones": Plazo("se borran las sesiones vencidas", dias=1),
    "accesos": Plazo("se borran los intentos de entrada fallidos", meses=3),
    "paquetes": Plazo("se borra la copia de sus datos que se preparó", dias=15),
    "copias_de_documento": Plazo("se borra la copia del documento de una solicitud cerrada", meses=6),
}


@dataclass(frozen=True)
class Tratamiento:
    """``aviso``: cómo se le dice a quien da sus datos (vacío: no hay formulario). ``plazos``: claves de ``PLAZOS``.

    ``conserva``: lo que los comandos de retención no borran, y por qué.
    """

    nombre: str
    finalidad: str
    base: str
    conserva: str
    plazos: tuple[str, ...] = ()
    destinatarios: str = SOLO_EL_CENTRO
    transferencias: str = SIN_TRANSFERENCIAS
    aviso: str = ""

    @property
    def plazo(self) -> str:
        """El término entero: lo que se conserva y, de lo demás, cuándo deja de estar."""
        return "; ".join([self.conserva, *(str(PLAZOS[clave]) for clave in self.plazos)])


TRATAMIENTOS = {
    "inscripcion": Tratamiento(
        "Inscripción, asistencia y pruebas",
        "Inscribir, avisar cambios, registrar la asistencia firmada y elaborar estadísticas sin nombres",
        CONSENTIMIENTO,
        CARPETA,
        ("sin_asistencia", "contacto"),
        aviso="Usaremos estos datos para inscribirlo, avisarle de cambios, registrar su asistencia y elaborar "
        "estadísticas sin nombres; no los cedemos a terceros.",
    ),
    "convocatoria": Tratamiento(
        "Convocatoria y llamadas",
        "Invitar a operadores de las entidades y confirmar su asistencia",
        FUNCIONES,
        "Se conserva la entidad invitada y su respuesta, sin nombres, para la estadística",
        ("invitaciones",),
        aviso="Usaremos su respuesta solo para organizar esta capacitación: saber quién vendrá y a quién llamar.",
    ),
    "expediente": Tratamiento(
        "Expediente de la capacitación",
        "Guardar registros firmados, firmas, fotos e informes como sustento (R84)",
        FUNCIONES,
        CARPETA,
        destinatarios=f"{SOLO_EL_CENTRO}, y la OAUTDA, que archiva el original",
    ),
    "exposicion": Tratamiento(
        "Expositores y programa",
        "Anunciar quién expone y organizar el evento",
        FUNCIONES,
        CARPETA,
        destinatarios="el público: el nombre de quien expone figura en la página de la capacitación",
    ),
    "solicitud": Tratamiento(
        "Solicitudes de capacitación",
        "Atender el pedido de una entidad y responderle",
        FUNCIONES,
        "Se conserva con el documento de la entidad, el tiempo que fijan las normas de archivo del Estado",
    ),
    "pregunta": Tratamiento(
        "Preguntas a un centro",
        "Responder la pregunta",
        CONSENTIMIENTO,
        "Se conservan el centro y las fechas, sin nombres",
        ("preguntas",),
        aviso="Usaremos estos datos solo para responder su pregunta; no los cedemos a terceros.",
    ),
    "operadores": Tratamiento(
        "Directorio de operadores",
        "Contactar a quien opera cada sistema en su entidad (R114)",
        FUNCIONES,
        DIRECTORIO,
        ("operadores", "propuestas", "importaciones"),
        aviso="Usaremos estos datos para contactar a quien dirige su entidad y a quien opera en ella cada sistema "
        "administrativo; no se publican. Lo que corrija lo revisa una persona del centro antes de que cambie.",
    ),
    "medios": Tratamiento(
        "Directorio de medios", "Difundir las actividades de los centros (R114)", FUNCIONES, DIRECTORIO
    ),
    "personal": Tratamiento(
        "Personal de los centros",
        "Publicar a quién acudir y organizar el trabajo (R3, R114)",
        CONTRATO,
        "Se conserva mientras trabaje en el centro; después, sus fechas quedan en la historia",
        destinatarios="el público: nombre, cargo, correo institucional y teléfono de quien atiende",
    ),
    "cuentas": Tratamiento(
        "Cuentas del personal",
        "Entrar a la intranet y saber quién hizo qué",
        CONTRATO,
        "Se conserva mientras trabaje: al cesar se cierra, y su nombre queda en el rastro",
        destinatarios="el administrador del portal",
        aviso="Usaremos estos datos para que entre a la intranet y para saber quién hizo qué: cada cambio, lectura o "
        "descarga de datos personales queda anotado con su usuario, la hora y la dirección de red.",
    ),
    "entrada": Tratamiento(
        "Entrada y sesiones del personal",
        "Comprobar quién entra, mostrarle desde dónde está abierta su cuenta, frenar intentos y devolverle lo escrito",
        "Medidas de seguridad (Ley 29733, artículo 16)",
        "Los factores se conservan con la cuenta; lo escrito en una sesión que venció, una hora",
        ("sesiones", "accesos"),
        destinatarios="la propia persona y el administrador del portal",
    ),
    "suscripcion": Tratamiento(
        "Suscripción al boletín",
        "Enviar el boletín y los comunicados que la persona pidió",
        CONSENTIMIENTO,
        "Se conserva hasta que se dé de baja",
        ("sin_confirmar", "bajas", "listas"),
        destinatarios="el personal de Comunicaciones y del centro elegido",
        aviso="Usaremos su correo solo para enviarle lo que elija: el boletín, los comunicados del MEF y los correos "
        "informativos de su centro. Cada envío trae un enlace para cambiar sus preferencias o darse de baja con un "
        "clic.",
    ),
    "correo_oficial": Tratamiento(
        "Difusión a correos oficiales",
        "Difundir normas, plazos y capacitaciones",
        FUNCIONES,
        DIRECTORIO,
        aviso="Usaremos este correo oficial, que figura en el directorio de operadores de los CONECTAMEF "
        "(Lineamientos, R.D. N.° 550-2013-EF/43.01, «Gestión de contactos»), para difundir normas, plazos y "
        "capacitaciones; deja de recibirlos con un clic.",
    ),
    "envios": Tratamiento(
        "Bandeja de salida del correo",
        "Enviar cada mensaje una vez y poder decir si llegó",
        "La del tratamiento que originó el mensaje",
        "Se conserva la lista de direcciones a las que no se escribe más",
        ("envios",),
        destinatarios="el proveedor de correo que el Ministerio contrate",
        transferencias="Por confirmar con el contrato del proveedor de correo",
    ),
    "consentimiento": Tratamiento(
        "Prueba de consentimiento",
        "Demostrar qué aviso se aceptó, cuándo y desde dónde",
        "Obligación de probarlo (Ley 29733, artículo 13)",
        "Se conserva mientras dure el tratamiento que ampara",
        ("consentimientos",),
        destinatarios="el Oficial de Datos Personales",
    ),
    "derechos": Tratamiento(
        "Solicitudes sobre datos personales",
        "Atender lo que una persona pide sobre sus datos y poder demostrarlo",
        "Obligación legal de atenderlas (Ley 29733, título III)",
        "La solicitud y su respuesta se conservan como prueba de haber atendido, por el tiempo que confirme la "
        "asesoría jurídica",
        ("paquetes", "copias_de_documento"),
        destinatarios="el Oficial de Datos Personales y el centro donde la presentó",
        aviso="Usaremos estos datos solo para comprobar quién es usted, atender su solicitud y responderle.",
    ),
    "vulneraciones": Tratamiento(
        "Incidentes de seguridad con datos personales",
        "Registrar qué pasó, a quién se notificó y qué se hizo",
        "Medidas de seguridad y notificación (Ley 29733 y su reglamento, D.S. 016-2024-JUS; artículos por confirmar)",
        "Se conserva como prueba de haber notificado, por el tiempo que confirme la asesoría jurídica",
        destinatarios="la Autoridad Nacional de Protección de Datos Personales y las personas afectadas",
    ),
    "rastro": Tratamiento(
        "Rastro de auditoría",
        "Saber quién cambió, leyó o exportó datos personales",
        "Medidas de seguridad (Ley 29733, artículo 16)",
        "No se borra: es una cadena y quitar una huella la rompe. No lleva documentos, correos ni teléfonos",
        destinatarios="el Oficial de Datos Personales, la OGAUC y el administrador",
    ),
}


def texto_de_aviso(finalidad: str) -> str:
    """El aviso entero de una finalidad, tal como se muestra bajo su formulario."""
    suyo = TRATAMIENTOS[finalidad]
    return " ".join(
        (
            suyo.aviso,
            f"Los ve {suyo.destinatarios}. {suyo.transferencias}.",
            f"Base: {_minuscula(suyo.base)}.",
            RESPONSABLE,
            f"{suyo.plazo}.",
            CANAL,
        )
    )


def _minuscula(texto: str) -> str:
    return texto[:1].lower() + texto[1:]
