"""La estadística de capacitación de un centro, de uno de sus expositores o de la sede, entre fechas (R63, R95–R97)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun.alcance import alcance_de
from comun.exportar import CSV, respuesta_tabla
from comun.registros import al_exportar
from eventos import estadistica as cuentas
from eventos import permissions
from eventos.intranet.acceso import con_aviso_de_permiso, exigir
from eventos.intranet.forms.estadistica import EstadisticaForm
from eventos.models import Capacitacion

ENCABEZADOS = [
    "fecha",
    "capacitación",
    "centro",
    "sistemas",
    "tipo",
    "modalidad",
    "organiza",
    "origen",
    "por qué cuenta",
]
ENCABEZADOS += ["participantes", "asistencias", "falta copia del registro"]


@require_safe
@con_aviso_de_permiso
def estadistica(request):
    exigir(permissions.puede_ver_estadistica(request.user))
    form = EstadisticaForm(request.GET, usuario=request.user)
    if not form.is_valid():
        return render(request, "eventos/intranet/estadistica.html", {"form": form})
    filas = _filas(request.user, form.cleaned_data)
    if request.GET.get("formato") == CSV:
        return _csv(request, filas, form.cleaned_data)
    contexto = {"form": form, **_cuadros(request.user, filas, form.cleaned_data)}
    return render(request, "eventos/intranet/estadistica.html", contexto)


def _terminadas(usuario, datos):
    """Las del período; de un centro ajeno, solo las de los sistemas por los que responde (R17)."""
    filas = cuentas.terminadas(desde=datos["desde"], hasta=datos["hasta"], aliado=datos["aliado"])
    alcance, centro = alcance_de(usuario, permissions.VER_ESTADISTICA), datos["centro"]
    if alcance.nacional or centro.pk in alcance.centros:
        return filas
    suyas = Capacitacion.sistemas.through.objects.filter(sistema__in=alcance.sistemas)
    return filas.filter(pk__in=suyas.values("capacitacion"))


def _filas(usuario, datos):
    filas = _terminadas(usuario, datos)
    if datos["especialista"]:
        return cuentas.que_cuentan_para_especialista(filas, datos["especialista"])
    if datos["centro"]:
        return cuentas.que_cuentan_para_centro(filas, datos["centro"])
    return cuentas.que_cuentan_para_la_sede(filas)


def _cuadros(usuario, filas, datos) -> dict:
    centro, es_de_uno = datos["centro"], bool(datos["especialista"])
    contadas = cuentas.contadas(filas, _por_que(datos))
    cuadros = [
        ("Mes", cuentas.por_mes(filas)),
        ("Sistema", cuentas.por_sistema(filas)),
        ("Tipo", cuentas.por_tipo(filas)),
        ("Modalidad", cuentas.por_modalidad(filas)),
    ]
    no_cuentan = []
    if centro and not es_de_uno:
        cuadros.append(("Expositor", cuentas.por_especialista(filas, centro)))
        ajenas = cuentas.que_no_cuentan_para_centro(_terminadas(usuario, datos), centro)
        no_cuentan = [(fila, cuentas.POR_QUE_NO[fila.organizador]) for fila in ajenas]
    return {
        "total": cuentas.totales(filas),
        "cuadros": cuadros,
        "contadas": contadas,
        "sin_copia": [fila for fila in contadas if fila.falta_copia],
        "no_cuentan": no_cuentan,
    }


def _por_que(datos) -> dict:
    if datos["especialista"]:
        return cuentas.POR_QUE_SI_EXPONE
    return cuentas.POR_QUE if datos["centro"] else cuentas.POR_QUE_EN_LA_SEDE


def _csv(request, filas, datos):
    contadas = cuentas.contadas(filas, _por_que(datos))
    for avisar in al_exportar:
        avisar(request.user, Capacitacion, len(contadas), request)
    return respuesta_tabla(ENCABEZADOS, [_renglon(c) for c in contadas], nombre="estadistica-capacitacion", formato=CSV)


def _renglon(contada) -> list:
    c = contada.capacitacion
    return [
        c.fecha_inicio,
        c.titulo,
        c.centro.nombre if c.centro_id else "Sede central",
        ", ".join(str(sistema) for sistema in c.sistemas.all()),
        c.get_tipo_display(),
        c.get_modalidad_display(),
        c.organizador_nombre or c.get_organizador_display(),
        c.get_origen_display(),
        contada.por_que,
        contada.cifras.participantes,
        contada.cifras.asistencias,
        "sí" if contada.falta_copia else "",
    ]
