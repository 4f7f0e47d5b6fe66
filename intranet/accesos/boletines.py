"""El boletín del mes, los comunicados, los correos informativos y los suscriptores."""

from organizacion.models import Rol

from .quien import SEDE, con, grupo

APORTES = con("boletines.aporte")
REUNE = con("boletines.edicion", "c")
DIFUSION = con("boletines.correodifundido")
DIFUNDE = con("boletines.correodifundido", "va")
EDICIONES = con("boletines.remision")
BORRADORES = EDICIONES & {Rol.COMUNICACIONES, Rol.OGAUC}
REMITE = con("boletines.remision", "va")
DEL_CENTRO = con("boletines.remision", "vc") & {Rol.COORDINADOR}
IMPORTA = con("boletines.importaciondesuscriptores", "a") & SEDE

ACCESOS = [
    grupo("boletin_del_mes", APORTES),
    grupo("boletin_tablero boletin_tablero_mes", APORTES & SEDE),
    grupo("boletin_abrir boletin_recordar boletin_armar", REUNE),
    # Quien reúne la edición los ve y los devuelve, pero no escribe por nadie.
    grupo("aporte", APORTES, con("boletines.aporte", "vc") - {Rol.COMUNICACIONES}),
    grupo("aporte_recordar aporte_suplir aporte_devolver aporte_ampliar", REUNE),
    grupo("difusion difusion_detalle difusion_adjunto", DIFUSION),
    grupo("difusion_nuevo difusion_editar difusion_reenviar", DIFUNDE),
    grupo("difusion_borrar", DIFUNDE & con("boletines.correodifundido", "c")),
    grupo("boletines_ediciones boletin_previa boletin_previa_pagina boletin_previa_pdf", EDICIONES),
    grupo("boletin_difusion boletin_resolver", BORRADORES),
    grupo("boletin_remitir boletin_por_todos boletin_enviar boletin_probar", REMITE),
    grupo("remision_difundir remision_probar", DEL_CENTRO),
    grupo("comunicados_lista", REUNE),
    grupo("suscriptor_baja", con("boletines.suscriptor", "c")),
    grupo("suscriptor_borrar", con("boletines.suscriptor", "r")),
    grupo("importaciones_de_suscriptores importacion_de_suscriptores", IMPORTA),
    grupo("nueva plantilla errores archivo confirmar descartar", IMPORTA, de="importacion_de_suscriptores_"),
]
