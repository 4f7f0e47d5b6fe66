"""El directorio fuera de sus registros: cuentas y encargaturas, partes, campañas, fichas y repetidas (R4, R114)."""

from organizacion.models import Rol

from .quien import con, grupo

ENTIDADES = con("directorio.entidad")
CAMBIA_ENTIDADES = con("directorio.entidad", "c")
PERSONAL_DEL_CENTRO = con("directorio.personal")
IMPRIME = ENTIDADES & con("directorio.autoridad") & con("directorio.operador") & con("directorio.medio")
DA_CUENTAS = con("organizacion.usuario", "c")
ESCRITAS = ENTIDADES & con("eventos.inscripcion", "c")
UNE = CAMBIA_ENTIDADES | con("directorio.operador", "c")
ELIGE_ENTIDAD = con("directorio.operador", "c") | con("eventos.solicitud", "a") | con("eventos.inscripcion", "c")
ELIGE_DISTRITO = CAMBIA_ENTIDADES | con("organizacion.centro", "c")
BUSCA = ENTIDADES | con("directorio.operador") | PERSONAL_DEL_CENTRO | con("directorio.medio")

_REGISTROS = ("entidad", "operador", "autoridad", "medio", "personal")
IMPORTA = frozenset().union(*(con(f"directorio.{registro}", "ac") for registro in _REGISTROS))
EXPORTA = frozenset().union(*(con(f"directorio.{registro}", "x") for registro in _REGISTROS))

ACCESOS = [
    grupo("directorio_institucional personal_vcard centro_vcard", PERSONAL_DEL_CENTRO),
    grupo("directorio_buscar", BUSCA),
    grupo("centro_directorio_pdf", PERSONAL_DEL_CENTRO & IMPRIME),
    grupo("centro_cambiar_nombre centro_provincias centro_anular_traspaso", con("organizacion.centro", "c")),
    # Las cuentas y los roles: los da quien los da (R4); un coordinador presta el de Asistente (R26).
    grupo("personal_acceso personal_reenviar_invitacion personal_quitar_acceso", con("organizacion.usuario", "a")),
    grupo("personal_cese personal_anular_cese que_puede_cada_rol", DA_CUENTAS),
    grupo("personal_roles personal_encargar encargaturas encargatura_terminar", DA_CUENTAS | {Rol.COORDINADOR}),
    grupo("personal_anular_cambio", con("directorio.personal", "c")),
    grupo("operador_trasladar operador_cesar", con("directorio.operador", "c")),
    grupo("entidad_cambiar_nombre", CAMBIA_ENTIDADES),
    grupo("entidad_terminar_periodo", con("directorio.autoridad", "c")),
    grupo("directorio_escritas directorio_escrita directorio_vincular_escrita", ESCRITAS),
    grupo("repetidas repetidas_comparar repetidas_distintas", UNE),
    # La ficha situacional (R102–R103).
    grupo("situacion_pdf", ENTIDADES),
    grupo("indicador tema tema_atendido importar plantilla", CAMBIA_ENTIDADES, de="situacion_"),
    # Su parte, y quién lleva cuál.
    grupo("mi_directorio mi_directorio_verificar mi_directorio_retirar", con("directorio.cartera")),
    grupo("mi_directorio_deshacer mi_directorio_confirmar_deshacer", con("directorio.cartera")),
    grupo("directorio_partes directorio_partes_encargar", con("directorio.cartera", "c")),
    grupo("directorio_campanias directorio_campania", con("directorio.campania")),
    grupo("directorio_campania_nueva", con("directorio.campania", "a")),
    grupo("directorio_campania_cerrar", con("directorio.campania", "vc")),
    grupo("directorio_pedido_llamada directorio_pedido_anular", con("directorio.pedido", "c")),
    grupo("directorio_propuestas", con("directorio.propuesta")),
    grupo("directorio_propuesta", con("directorio.propuesta", "c")),
    # Importar de a muchas es de quien agrega y cambia de a una; llevárselas, de quien responde por ellas.
    grupo("directorio_importar directorio_importar_plantilla directorio_importacion", IMPORTA),
    grupo("columnas errores confirmar deshacer descartar", IMPORTA, de="directorio_importacion_"),
    grupo("directorio_exportar", EXPORTA),
    # Las ventanas de elegir.
    grupo("choose choose_results chosen", ELIGE_ENTIDAD, de="elegir-entidad:"),
    grupo("choose choose_results chosen", ELIGE_DISTRITO, de="elegir-distrito:"),
]
