"""Cuántas inscripciones por hora admite el formulario público desde una dirección (comun.antiabuso).

Holgados para una municipalidad entera tras una sola dirección, o una sola computadora; estrechos para quien prueba
documentos ajenos.
"""

from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno
from organizacion.models import AjustesPortal

POR_NAVEGADOR = Tope("inscripcion:navegador", 150)
POR_CAPACITACION = Tope("inscripcion:capacitacion", 400)
POR_DOCUMENTO = Tope("inscripcion:documento", 30)
POR_CORREO = Tope("inscripcion:correo", 150)
YA_INSCRITOS = Tope("inscripcion:ya_inscritos", 20)
YA_INSCRITOS_EN_TOTAL = Tope("inscripcion:ya_inscritos_en_total", 60)
CORRECCIONES = Tope("inscripcion:correcciones", 10)


def frenar_inscripcion(request, form) -> bool:
    """Cuenta este envío; si pasó un tope, el formulario (ya válido) lo dice y no se guarda nada."""
    slug = form.capacitacion.slug
    personas = form.personas
    paso = [
        frenado(request, POR_NAVEGADOR, navegador_de(request)),
        frenado(request, POR_CAPACITACION, slug),
        *(frenado(request, POR_DOCUMENTO, datos["numero_documento"]) for datos in personas),
        *(frenado(request, POR_CORREO, datos["correo"]) for datos in personas),
        frenado(request, YA_INSCRITOS, slug, _programa(request), suma=0),
        frenado(request, YA_INSCRITOS_EN_TOTAL, slug, suma=0),
    ]
    return _decir(request, form, form.capacitacion, frena=any(paso))


def contar_ya_inscritos(request, form, cuantos: int) -> None:
    """Quien prueba documentos para saber quién está inscrito acumula rechazos, diga el programa que diga ser."""
    slug = form.capacitacion.slug
    frenado(request, YA_INSCRITOS, slug, _programa(request), suma=cuantos)
    frenado(request, YA_INSCRITOS_EN_TOTAL, slug, suma=cuantos)


def frenar_correccion(request, form) -> bool:
    """Corregir el correo manda otra confirmación: no más de unas cuantas por hora."""
    inscripcion = form.inscripcion
    frena = frenado(request, CORRECCIONES, inscripcion.codigo)
    return _decir(request, form, inscripcion.capacitacion, frena=frena)


def _programa(request):
    # Sin la galleta: borrarla no reinicia esta cuenta.
    return request.headers.get("User-Agent", "sin nombre")


def _decir(request, form, capacitacion, *, frena) -> bool:
    if frena:
        centro = capacitacion.centro or AjustesPortal.load(request_or_site=request)
        form.add_error(None, texto_de_freno(centro))
    return frena
