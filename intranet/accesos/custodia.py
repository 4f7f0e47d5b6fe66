"""El rastro, los derechos de las personas sobre sus datos, los incidentes y la retención (Ley 29733)."""

from .quien import con, grupo

SOLICITUDES = con("custodia.solicituddederechos")
ATIENDE = con("custodia.solicituddederechos", "c")
REGISTRA = con("custodia.solicituddederechos", "a")
INCIDENTES = con("custodia.vulneracion")
MUESTRA = con("eventos.inscripcion", "c") | con("directorio.operador", "c") | con("directorio.personal", "c") | ATIENDE

ACCESOS = [
    grupo("custodia_rastro custodia_buscar_persona custodia_exportar custodia_huella", con("custodia.huella")),
    grupo("custodia_datos_personales", con("custodia.huella")),
    # «Mostrar» un documento entero: con el permiso del registro donde está, que la vista pregunta.
    grupo("custodia_documento", MUESTRA),
    grupo("custodia_privacidad", ATIENDE),
    grupo("custodia_solicitudes custodia_solicitud", SOLICITUDES),
    grupo("custodia_solicitud_registrar", REGISTRA),
    grupo("documento paso rectificar cancelar", ATIENDE, de="custodia_solicitud_"),
    grupo("custodia_paquete_preparar", ATIENDE),
    grupo("custodia_paquete", SOLICITUDES & (ATIENDE | REGISTRA)),
    grupo("custodia_vulneraciones custodia_vulneracion custodia_vulneracion_informe", INCIDENTES),
    grupo("custodia_vulneracion_registrar", con("custodia.vulneracion", "a")),
    grupo("custodia_vulneracion_paso", con("custodia.vulneracion", "c")),
    grupo("custodia_retencion custodia_corrida", con("custodia.corridaderetencion")),
]
