"""El sitio público: cualquiera, sin cuenta. Lo que llega con un enlace privado lo abre su llave."""

from anymail.urls import urlpatterns as avisos_de_proveedor

from .quien import PUBLICO, grupo

# Solo se montan si hay un secreto que las cuide (``correo.proveedor``), y la vista lo pide.
DE_PROVEEDOR = " ".join(ruta.name for ruta in avisos_de_proveedor if "inbound" not in ruta.name)

ACCESOS = [
    grupo("wagtail_serve wagtailcore_authenticate_with_password wagtailcore_login", PUBLICO),
    grupo("wagtaildocs_serve wagtaildocs_authenticate_with_password ruta:^media/(?P<path>.*)$", PUBLICO),
    grupo("calendario feed entidades distritos incrustar incrustar-centro programa", PUBLICO, de="eventos:"),
    grupo("capacitacion capacitacion-ics capacitacion-json invitacion invitacion-pdf material", PUBLICO, de="eventos:"),
    grupo("datos-abiertos capacitaciones-csv diccionario-csv openapi oembed", PUBLICO, de="eventos:"),
    # Direcciones de antes, que llevan a las de ahora.
    grupo("capacitaciones/calendario.ics capacitaciones/rss/", PUBLICO, de="ruta:"),
    grupo("ruta:capacitaciones/<slug:slug>/calendario.ics", PUBLICO),
    # Inscribirse, preguntar y contestar; desde la segunda línea, con su enlace.
    grupo("inscripcion-crear preguntar pregunta-recibida encuesta-sala encuesta-gracias", PUBLICO, de="eventos:"),
    grupo("inscripcion-ver inscripcion-grupo inscripcion-editar inscripcion-anular oferta", PUBLICO, de="eventos:"),
    grupo("invitacion-personal pruebas prueba asistencia encuesta encuesta-personal", PUBLICO, de="eventos:"),
    # La mesa de asistencia: la abre la cookie de su aparato (ADR 0014).
    grupo("entrada sw abrir mesa datos operaciones cerrar", PUBLICO, de="eventos:mesa:"),
    grupo("rss rss-de-centro comunicados-rss suscribir revise-su-correo confirmar listo", PUBLICO, de="boletines:"),
    grupo("baja baja-oficial invitacion pausa", PUBLICO, de="boletines:"),
    grupo("preferencias preferencias-pedir preferencias-pedidas", PUBLICO, de="boletines:"),
    grupo("buscar sugerencias centro-de-departamento noticias-rss salud robots seguridad mapa", PUBLICO, de="home:"),
    grupo("murales mural mural-sw mural-pdf", PUBLICO, de="home:"),
    grupo("personal vcard vcard-de-centro actualizar", PUBLICO, de="directorio:"),
    grupo("proteccion-de-datos solicitar solicitud-recibida", PUBLICO, de="custodia:"),
    grupo(DE_PROVEEDOR, PUBLICO, de="anymail:"),
    # Entrar y salir; «olvidé mi contraseña».
    grupo("wagtailadmin_login wagtailadmin_logout wagtailadmin_javascript_catalog wagtailadmin_sprite", PUBLICO),
    grupo("reset reset_done reset_confirm reset_complete", PUBLICO, de="wagtailadmin_password_"),
    # Wagtail contesta 404 a lo que no existe bajo /intranet/.
    grupo("ruta:intranet/.*/$", PUBLICO),
]
