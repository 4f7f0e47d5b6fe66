"""La encuesta en línea: la sala la reparte, el correo la lleva y la boleta deja contestarla una vez (ADR 0017)."""

from functools import wraps

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render

from eventos.actions import encuesta_en_linea as acciones
from eventos.actions.rechazos import NoProcede
from eventos.actions.sala_de_encuesta import SalaCerrada, tomar_boleta
from eventos.boletas import boleta_de
from eventos.enlaces import inscripcion_de_encuesta
from eventos.forms.encuesta import EncuestaForm
from eventos.models import AplicacionDeEncuesta, Inscripcion

from .inscripcion import privada

UN_DIA = 24 * 3600


def con_boleta(vista):
    """Entrega la fila de la boleta; una que no está lleva a una página que lo explica."""

    @privada
    @wraps(vista)
    def envuelta(request, boleta):
        try:
            return vista(request, acciones.boleta_por(boleta), boleta)
        except acciones.BoletaInvalida as error:
            return _aviso(request, "La encuesta no está disponible", str(error), status=404)

    return envuelta


@con_boleta
def encuesta(request, fila, boleta):
    """El formulario; enviarlo dos veces cuenta una y las dos veces se agradece."""
    if fila.esta_usada:
        return redirect("eventos:encuesta-gracias")
    capacitacion = fila.capacitacion
    form = EncuestaForm(request.POST if request.method == "POST" else None, capacitacion=capacitacion)
    if form.is_valid():
        try:
            acciones.responder(boleta=boleta, hoja=form.hoja)
        except acciones.BoletaUsada:
            return redirect("eventos:encuesta-gracias")
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            return redirect("eventos:encuesta-gracias")
    return render(request, "eventos/encuesta_form.html", {"capacitacion": capacitacion, "form": form})


@privada
def sala(request, clave):
    """Lo que abre el QR de la sala: el POST da una boleta, una por navegador."""
    filas = AplicacionDeEncuesta.objects.select_related("capacitacion__centro")
    aplicacion = get_object_or_404(filas, clave=clave.upper())
    if request.method == "POST":
        return _dar_boleta(request, aplicacion)
    contexto = {"capacitacion": aplicacion.capacitacion, "abierta": aplicacion.sala_abierta()}
    return render(request, "eventos/encuesta_sala.html", contexto)


def _dar_boleta(request, aplicacion):
    galleta = f"{settings.PREFIJO_DE_GALLETA}encuesta-{aplicacion.clave}"
    boleta = request.COOKIES.get(galleta, "")
    if not _es_de(boleta, aplicacion):
        try:
            boleta = tomar_boleta(clave=aplicacion.clave)
        except NoProcede as error:
            titulo = "La sala ya se cerró" if isinstance(error, SalaCerrada) else "No quedan encuestas por entregar"
            return _aviso(request, titulo, str(error), status=409)
    respuesta = redirect("eventos:encuesta", boleta)
    respuesta.set_cookie(
        galleta,
        boleta,
        max_age=UN_DIA,
        path=request.path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return respuesta


def _es_de(boleta, aplicacion) -> bool:
    """Si la que este navegador ya tiene sigue valiendo para esa capacitación."""
    try:
        return bool(boleta) and acciones.boleta_por(boleta).capacitacion_id == aplicacion.capacitacion_id
    except acciones.BoletaInvalida:
        return False


@privada
def personal(request, token):
    """Lo que abre el enlace del correo: de aquí en adelante la dirección ya no dice de quién es."""
    try:
        inscripcion = inscripcion_de_encuesta(token)
        aplicacion = AplicacionDeEncuesta.objects.get(capacitacion=inscripcion.capacitacion_id, cerrada_en=None)
    except Inscripcion.DoesNotExist:
        return render(request, "eventos/enlace_invalido.html", status=404)
    except AplicacionDeEncuesta.DoesNotExist:
        return _aviso(request, "La encuesta ya se cerró", "Gracias por su interés: ya no recibe respuestas.", 410)
    return redirect("eventos:encuesta", boleta_de(inscripcion, aplicacion))


@privada
def gracias(request):
    return render(request, "eventos/encuesta_gracias.html")


def _aviso(request, titulo, texto, status):
    return render(request, "eventos/encuesta_aviso.html", {"titulo": titulo, "texto": texto}, status=status)
