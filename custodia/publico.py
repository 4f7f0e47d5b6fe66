"""Lo que el público ve de sus datos: qué se hace con ellos y cómo pedir algo sobre ellos."""

from functools import wraps

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno
from organizacion.models import AjustesPortal

from .actions import aviso_vigente
from .actions.derechos import registrar
from .actions.efectos import adjuntar_documento
from .finalidades import TRATAMIENTOS
from .forms import SolicitudForm
from .models import AjustesPrivacidad, Aviso, SolicitudDeDerechos

POR_DOCUMENTO = Tope("derechos:documento", 5)
POR_NAVEGADOR = Tope("derechos:navegador", 20)
NUMERO = "solicitud_de_derechos"
MIGAS = [("Inicio", "/"), ("Protección de datos personales", "/proteccion-de-datos/")]


def privada(vista):
    @never_cache
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["Cache-Control"] = "no-store, private"
        respuesta["X-Robots-Tag"] = "noindex, nofollow"
        return respuesta

    return envuelta


@require_safe
def proteccion_de_datos(request):
    """Los tratamientos, del mismo registro que los avisos, y cómo ejercer los derechos."""
    ajustes = AjustesPrivacidad.load(request_or_site=request)
    derechos = [(derecho, ajustes.dias_de(derecho)) for derecho in SolicitudDeDerechos.Derecho]
    contexto = {"tratamientos": TRATAMIENTOS.items(), "oficial": ajustes, "derechos": derechos, "migas": _migas()}
    return render(request, "custodia/proteccion_de_datos.html", contexto)


@privada
@require_http_methods(["GET", "HEAD", "POST"])
def solicitar(request):
    """Se recibe con número; nadie queda identificado por su correo: el Oficial comprueba después quién es."""
    form = SolicitudForm(request.POST or None, request.FILES or None)
    frena = form.is_valid() and _frenar(request, form)
    if form.is_valid():
        solicitud = registrar(datos=form.datos, envio=form.id_de_envio, request=request)
        if form.copia and not solicitud.copia_de_documento_id:
            adjuntar_documento(solicitud=solicitud, contenido=form.copia, request=request)
        request.session[NUMERO] = solicitud.numero
        return redirect("custodia:solicitud-recibida")
    aviso = aviso_vigente(Aviso.Finalidad.DERECHOS)
    contexto = {"form": form, "aviso": aviso, "migas": _migas("Presentar una solicitud")}
    return render(request, "custodia/solicitud_form.html", contexto, status=429 if frena else 200)


@privada
@require_safe
def recibida(request):
    """El número va en la sesión y no en la dirección: quien la comparte no comparte la solicitud."""
    numero = request.session.get(NUMERO)
    if not numero:
        return redirect("custodia:solicitar")
    solicitud = SolicitudDeDerechos.objects.filter(numero=numero).first()
    return render(request, "custodia/solicitud_recibida.html", {"solicitud": solicitud, "migas": _migas("Recibida")})


def _migas(aqui=""):
    return [*MIGAS, (aqui, "")] if aqui else [MIGAS[0], (MIGAS[1][0], "")]


def _frenar(request, form) -> bool:
    paso = [
        frenado(request, POR_DOCUMENTO, form.cleaned_data["numero_documento"]),
        frenado(request, POR_NAVEGADOR, navegador_de(request)),
    ]
    if any(paso):
        form.add_error(None, texto_de_freno(AjustesPortal.load(request_or_site=request)))
    return any(paso)
