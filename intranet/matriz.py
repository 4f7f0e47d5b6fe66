"""Qué puede hacer cada rol con cada registro. Una sola tabla; ``cargar_datos`` la aplica a los grupos.

Letras: v ver, a agregar, c cambiar, d borrar, p aprobar, x exportar, r retirar (borrar con su motivo).
Qué filas alcanza cada quien lo decide el alcance, no esta tabla.
Las personas que atienden (centros) trabajan sobre lo suyo; la sede mira todo y toca poco.
"""

from django.contrib.auth.models import Permission

from organizacion.actions import grupo_de_rol
from organizacion.models import Rol

_LETRAS = {"v": "view", "a": "add", "c": "change", "d": "delete", "p": "aprobar", "x": "exportar", "r": "retirar"}

_DEL_DIRECTORIO = ("directorio.entidad", "directorio.autoridad", "directorio.operador", "directorio.medio")
_DIRECTORIO_PROPIO = dict.fromkeys(_DEL_DIRECTORIO, "vac")
# Llevarse los datos de otros es de quien responde por ellos: la coordinación, en su centro, y la OGAUC.
_DIRECTORIO_A_CARGO = dict.fromkeys((*_DEL_DIRECTORIO, "directorio.personal"), "vacx")
_DIRECTORIO_VER = dict.fromkeys(_DEL_DIRECTORIO, "v")
# Cada quien verifica su parte y resuelve lo que las entidades proponen; la reparte y hace campañas quien responde por
# el directorio (R114).
_SU_PARTE = {
    "directorio.cartera": "v",
    "directorio.campania": "v",
    "directorio.pedido": "vc",
    "directorio.propuesta": "vc",
}
_DIRECTORIO_PROPIO |= _SU_PARTE
_RESPONDE = {"directorio.cartera": "vc", "directorio.campania": "vac"}
_EVENTOS_PROPIOS = {
    "eventos.capacitacion": "vac",
    "eventos.inscripcion": "vac",
    "eventos.asistencia": "vac",
    "eventos.respuestaencuesta": "vac",
    "eventos.material": "vacd",
    "eventos.pregunta": "vc",
    "eventos.solicitud": "vac",
    "eventos.preparativos": "vac",
    "eventos.programamensual": "va",
    "eventos.importaciondeprograma": "vac",
    "eventos.validacion": "va",
    "eventos.prueba": "v",
    "eventos.notadeprueba": "vac",
    "eventos.convocatoria": "va",
    "eventos.invitacion": "vac",
    "eventos.llamada": "vac",
    "eventos.tarealogistica": "vacd",
    "eventos.mesa": "vac",
    "eventos.escaneo": "vad",
    "eventos.vistobueno": "vad",
    "eventos.informe": "vac",
    "eventos.expediente": "va",
}
# Una solicitud sobre datos personales se puede dejar en papel en cualquier centro (Ley 29733).
_MESA_DE_DATOS = {"custodia.solicituddederechos": "va"}
# Quien dicta y atiende baja la lista de los suyos, con su motivo; imprimir sus formularios no lo pide.
_EVENTOS_A_CARGO = {
    **_EVENTOS_PROPIOS,
    "eventos.inscripcion": "vacx",
    "eventos.pregunta": "vcx",
    "eventos.solicitud": "vacx",
}
# Cerrar el expediente fija sus cifras: lo hace quien responde por el centro.
_CIERRE = {"eventos.expediente": "vac"}
# El Coordinador Administrativo lleva la logística y las carpetas (§4.2, R73).
_LOGISTICA = {"eventos.tarealogistica": "vacd", "eventos.preparativos": "v", "eventos.programamensual": "v"}
# El Responsable Técnico valida el contenido (R74) y define las pruebas (R89) de su sistema, en todos los centros.
_VALIDAR = {
    "eventos.validacion": "vc",
    "eventos.prueba": "vacd",
    "eventos.material": "v",
    "eventos.notadeprueba": "v",
    "eventos.informe": "v",
    "eventos.solicitud": "v",
}
_EVENTOS_VER = {
    "eventos.capacitacion": "v",
    "eventos.inscripcion": "v",
    "eventos.asistencia": "v",
    "eventos.respuestaencuesta": "v",
    "eventos.pregunta": "v",
}
# Su parte del boletín (R107, R109), y los comunicados y correos informativos que difunde (R111, R112).
_DIFUNDIR = {"boletines.aporte": "vc", "boletines.correodifundido": "vac", "correo.envio": "v"}
_MURAL = {"home.avisodemural": "vacd"}
_HORARIOS = {"organizacion.horarioespecial": "vacd"}
_CONTENIDO = {"home.norma": "vacd", "home.sinonimo": "vacd", "home.navegacion": "c", **_MURAL}

PERMISOS: dict[str, dict[str, str]] = {
    Rol.COORDINADOR: {
        **_DIRECTORIO_A_CARGO,
        **_SU_PARTE,
        **_RESPONDE,
        **_EVENTOS_A_CARGO,
        **_CIERRE,
        **_MURAL,
        **_HORARIOS,
        **_DIFUNDIR,
        **_MESA_DE_DATOS,
        "boletines.suscriptor": "v",
        "boletines.remision": "vc",
    },
    Rol.COORDINADOR_ADMINISTRATIVO: {
        **_DIRECTORIO_PROPIO,
        **_EVENTOS_VER,
        **_LOGISTICA,
        **_MESA_DE_DATOS,
        **_MURAL,
        **_HORARIOS,
        "directorio.personal": "v",
    },
    Rol.ASISTENTE: {
        **_DIRECTORIO_PROPIO,
        **_EVENTOS_A_CARGO,
        **_MESA_DE_DATOS,
        **_MURAL,
        **_HORARIOS,
        "directorio.personal": "v",
    },
    Rol.ESPECIALISTA: {**_DIRECTORIO_PROPIO, **_EVENTOS_A_CARGO, **_DIFUNDIR, **_MURAL, "directorio.personal": "v"},
    Rol.IMPLANTADOR: {**_DIRECTORIO_PROPIO, **_EVENTOS_PROPIOS, **_DIFUNDIR, "directorio.personal": "v"},
    Rol.RESPONSABLE_TECNICO: {
        **_EVENTOS_VER,
        **_VALIDAR,
        "boletines.aporte": "vc",
        "boletines.correodifundido": "v",
        "directorio.operador": "v",
        "directorio.personal": "v",
    },
    Rol.OGAUC: {
        **_DIRECTORIO_A_CARGO,
        **_SU_PARTE,
        **_RESPONDE,
        **_EVENTOS_A_CARGO,
        **_CIERRE,
        **_CONTENIDO,
        **_HORARIOS,
        "organizacion.dianolaborable": "vacd",
        "directorio.indicador": "vac",
        "organizacion.centro": "vac",
        "organizacion.organo": "vac",
        "organizacion.sistema": "vac",
        "organizacion.usuario": "vac",
        "organizacion.ajustesportal": "c",
        "boletines.suscriptor": "v",
        "boletines.aporte": "v",
        "boletines.remision": "v",
        "boletines.correodifundido": "v",
        "correo.envio": "vp",
        "custodia.huella": "v",
        "custodia.vulneracion": "v",
    },
    Rol.COMUNICACIONES: {
        **_CONTENIDO,
        "wagtailredirects.redirect": "vacd",
        "boletines.suscriptor": "vacxr",
        "boletines.edicion": "vac",
        "boletines.aporte": "vac",
        "boletines.remision": "vac",
        "boletines.importaciondesuscriptores": "vac",
        "boletines.correodifundido": "vac",
        "correo.envio": "vacp",
        "directorio.medio": "vacx",
        "directorio.personal": "v",
        "eventos.capacitacion": "v",
        "organizacion.ajustesportal": "c",
    },
    Rol.OAUTDA: {"directorio.personal": "v", "directorio.entidad": "v"},
    Rol.OGTI: {**_DIRECTORIO_VER, "directorio.personal": "v", "eventos.capacitacion": "v"},
    Rol.ENTE_RECTOR: {"eventos.capacitacion": "v", "directorio.personal": "v"},
    Rol.OGARH: {"directorio.personal": "v"},
    Rol.ALIADO: {"eventos.capacitacion": "v"},
    Rol.ODP: {
        "custodia.huella": "v",
        "custodia.aviso": "v",
        "custodia.solicituddederechos": "vac",
        "custodia.vulneracion": "vac",
        "custodia.corridaderetencion": "v",
        "custodia.ajustesprivacidad": "c",
        "boletines.suscriptor": "v",
    },
    Rol.ADMINISTRADOR: {
        "organizacion.dianolaborable": "vacd",
        "home.sinonimo": "vacd",
        "organizacion.usuario": "vac",
        "organizacion.centro": "vac",
        "organizacion.organo": "vac",
        "organizacion.sistema": "vac",
        "organizacion.ajustesportal": "c",
        "directorio.personal": "vac",
        "correo.envio": "vc",
        "custodia.huella": "v",
        "custodia.vulneracion": "va",
        "custodia.corridaderetencion": "v",
        "custodia.ajustesprivacidad": "c",
    },
}


def aplicar_permisos() -> None:
    """Deja cada grupo de rol con los permisos de ``PERMISOS`` y el de entrar a la intranet."""
    todos = {(p.content_type.app_label, p.codename): p for p in Permission.objects.select_related("content_type").all()}
    entrar = todos["wagtailadmin", "access_admin"]
    for rol in Rol.values:
        permisos = [entrar]
        for modelo, letras in PERMISOS[rol].items():
            app, nombre = modelo.split(".")
            permisos += [todos[app, f"{_LETRAS[letra]}_{nombre}"] for letra in letras]
        grupo_de_rol(rol).permissions.set(permisos)
