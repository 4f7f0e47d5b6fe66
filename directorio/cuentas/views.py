"""Pantallas de la intranet para quien da roles y registra ceses."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from directorio.models import Personal
from directorio.permissions import encargaturas_que_ve, puede_registrar_ceses

from . import ceses
from .encargaturas import A_SI_MISMO, EncargoImposible, puede_encargar, roles_que_encarga, terminar_encargatura
from .encargaturas import encargar as encargar_rol
from .forms import CeseForm, EncargoForm

PASOS = ["GET", "HEAD", "POST"]


def _exigir(puede: bool) -> None:
    if not puede:
        raise PermissionDenied


def _personal(request, pk) -> Personal:
    filas = Personal.objects.para(request.user).select_related("usuario", "centro", "sistema")
    return get_object_or_404(filas, pk=pk)


def _con_cuenta(request, pk) -> Personal:
    personal = _personal(request, pk)
    if personal.usuario is None:
        raise Http404
    return personal


@require_safe
def encargaturas(request):
    """Las de hoy, las que vienen y las que pasaron, de las personas que alcanza."""
    _exigir(bool(roles_que_encarga(request.user)))
    filas = encargaturas_que_ve(request.user).select_related("usuario__personal", "centro", "sistema", "encargada_por")
    filas = list(filas.order_by("-desde", "-pk")[:200])
    grupos = [(titulo, [f for f in filas if f.situacion == cual]) for cual, titulo in SITUACIONES]
    terminables = {f.pk for f in filas if f.situacion != "pasada" and puede_encargar(request.user, f)}
    return render(request, "directorio/encargaturas.html", {"grupos": grupos, "terminables": terminables})


SITUACIONES = (("vigente", "Hoy"), ("futura", "Por empezar"), ("pasada", "Terminadas"))


@require_safe
def roles(request, pk):
    """Los roles de una cuenta: propios y encargados, de hoy, por venir y pasados."""
    _exigir(bool(roles_que_encarga(request.user)))
    personal = _con_cuenta(request, pk)
    filas = personal.usuario.asignaciones.select_related("usuario", "centro", "sistema", "encargada_por")
    filas = list(filas.order_by("-desde", "-pk"))
    grupos = [(titulo, [f for f in filas if f.situacion == cual]) for cual, titulo in SITUACIONES]
    terminables = {f.pk for f in filas if f.es_encargatura and puede_encargar(request.user, f)}
    contexto = {"personal": personal, "grupos": grupos, "terminables": terminables}
    contexto |= {"es_propia": personal.usuario == request.user}
    return render(request, "directorio/roles.html", contexto)


@require_http_methods(PASOS)
def encargar(request, pk):
    _exigir(bool(roles_que_encarga(request.user)))
    personal = _con_cuenta(request, pk)
    if personal.usuario == request.user:
        messages.error(request, A_SI_MISMO)
        return redirect("personal_roles", pk=pk)
    form = EncargoForm(request.POST or None, usuario=personal.usuario, por=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            encargo = encargar_rol(asignacion=form.asignacion(), por=request.user, request=request)
        except EncargoImposible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{personal} tendrá el rol {encargo} hasta el {encargo.hasta:%d/%m/%Y}.")
            return redirect("personal_roles", pk=pk)
    return render(request, "directorio/encargar.html", {"personal": personal, "form": form})


@require_POST
def terminar(request, pk):
    _exigir(bool(roles_que_encarga(request.user)))
    encargo = get_object_or_404(encargaturas_que_ve(request.user).select_related("usuario__personal"), pk=pk)
    try:
        terminar_encargatura(asignacion=encargo, por=request.user, request=request)
    except EncargoImposible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Terminó el encargo de {encargo.usuario}: {encargo}.")
    personal = getattr(encargo.usuario, "personal", None)
    return redirect("personal_roles", pk=personal.pk) if personal else redirect("encargaturas")


@require_http_methods(PASOS)
def cese(request, pk):
    """Registrar la salida: fecha, motivo y quién toma cada cosa; o ver la ya registrada."""
    _exigir(puede_registrar_ceses(request.user))
    personal = _personal(request, pk)
    if registrado := _cese_que_rige(personal):
        contexto = {"personal": personal, "cese": registrado, "previstos": ceses.previstos_de(registrado)}
        contexto["cambio"] = personal.puestos.filter(por_aplicar=True, desde__gt=registrado.ultimo_dia).first()
        return render(request, "directorio/cese.html", contexto)
    form = CeseForm(request.POST or None, usuario=personal.usuario)
    if request.method == "POST" and form.is_valid() and _registrado(request, personal, form):
        return redirect("personal_cese", pk=pk)
    return render(request, "directorio/cese_form.html", {"personal": personal, "form": form})


def _cese_que_rige(personal):
    """El programado o el que se aplicó, salvo que después haya vuelto: con otra fecha, o con su cuenta abierta."""
    cese = personal.ceses.filter(anulado_en__isnull=True).select_related("registrado_por").first()
    if cese is None or cese.aplicado_en is None:
        return cese
    sigue_fuera = personal.hasta and personal.hasta <= cese.ultimo_dia and not personal.tiene_acceso
    return cese if sigue_fuera else None


def _registrado(request, personal, form) -> bool:
    datos = form.cleaned_data
    try:
        hecho = ceses.registrar_cese(
            personal=personal,
            ultimo_dia=datos["ultimo_dia"],
            motivo=datos["motivo"],
            quien_toma=form.quien_toma(),
            por=request.user,
            request=request,
        )
    except (ceses.CeseImposible, EncargoImposible) as error:
        form.add_error(None, str(error))
        return False
    if hecho.aplicado_en:
        messages.success(request, f"{personal} ya no tiene acceso. Abajo dice a quién pasó cada cosa.")
    else:
        messages.success(request, f"El cese quedó programado para el {hecho.ultimo_dia:%d/%m/%Y}.")
    return True


@require_POST
def anular_cese(request, pk):
    _exigir(puede_registrar_ceses(request.user))
    personal = _personal(request, pk)
    try:
        ceses.anular_cese(personal=personal, por=request.user, request=request)
    except ceses.CeseImposible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Se anuló el cese de {personal}: sigue trabajando como antes.")
    return redirect("personal_cese", pk=pk)
