"""«Mi directorio»: lo que cada quien tiene que verificar, y quién lleva qué parte (R114)."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from comun.alcance import alcance_de
from directorio.models import Cartera, Personal
from directorio.permissions import puede_encargar_partes, puede_verificar
from organizacion.models import Centro

from . import verificar as acciones
from .clases import CLASES, primero_lo_vencido
from .forms import ParteForm
from .partes import NoPuedeLlevarla, completar_partes, encargar, personal_de
from .renglon import renglon_de
from .tablero import cuentas_de, tablero

POR_PAGINA = 50
con_parte = permission_required("directorio.view_cartera")


@con_parte
def mi_directorio(request):
    """Lo sin verificar va primero. Quien coordina mira con ``?de=`` lo de otra persona de su centro."""
    persona = _persona(request)
    partes = list(Cartera.objects.para(request.user).de(persona).select_related("sistema", "centro"))
    cuentas = cuentas_de(partes)
    clase = CLASES[_elegida(request, cuentas)]
    filas = primero_lo_vencido(clase.vivas().filter(clase.de(partes))).prefetch_related("contactos")
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "persona": persona,
        "es_suyo": persona == personal_de(request.user),
        "partes": partes,
        "pestanas": [(CLASES[clave], *cuenta) for clave, cuenta in cuentas.items()],
        "clase": clase,
        "pagina": pagina,
        "renglones": [renglon_de(fila) for fila in pagina],
        "puede_encargar": puede_encargar_partes(request.user),
        "vale": request.GET.get("vale", ""),
        "aqui": request.get_full_path(),
    }
    return render(request, "directorio/frescura/mi_directorio.html", contexto)


def _elegida(request, cuentas) -> str:
    """La de la dirección; si no la dice, la primera que tiene algo."""
    ver = request.GET.get("ver")
    con_algo = [clave for clave, (total, _) in cuentas.items() if total]
    return ver if ver in cuentas else next(iter(con_algo or cuentas), "operadores")


def _persona(request) -> Personal | None:
    llave = request.GET.get("de", "")
    if not llave:
        return personal_de(request.user)
    if not puede_encargar_partes(request.user) or not llave.isdecimal() or len(llave) > 18:
        raise Http404
    return get_object_or_404(Personal.objects.para(request.user), pk=llave)


def _fila(request, clase, pk):
    if clase not in CLASES:
        raise Http404
    modelo = CLASES[clase].modelo
    if not puede_verificar(request.user, modelo):
        raise PermissionDenied
    return get_object_or_404(modelo.objects.propias(request.user), pk=pk)


@require_POST
@con_parte
def verificar(request, clase, pk):
    fila = _fila(request, clase, pk)
    vale = acciones.verificar(fila=fila, por=request.user, request=request)
    return _responder(request, clase, fila.pk, "Verificado hoy", vale)


@require_POST
@con_parte
def retirar(request, clase, pk):
    fila = _fila(request, clase, pk)
    if not CLASES[clase].retiro:
        raise Http404
    vale = acciones.retirar(fila=fila, por=request.user, request=request)
    return _responder(request, clase, fila.pk, CLASES[clase].retiro, vale)


@require_POST
@con_parte
def deshacer(request, clase, pk):
    fila, hecho = _fila(request, clase, pk), ""
    try:
        datos = acciones.leer_vale(request.POST.get("vale", ""), request.user)
        if (datos["modelo"], datos["pk"]) != (fila._meta.model_name, fila.pk):
            raise Http404
        acciones.deshacer(fila=fila, datos=datos, por=request.user, request=request)
    except acciones.YaNoSeDeshace as error:
        hecho = str(error)
    return _responder(request, clase, pk, hecho, "")


def _responder(request, clase, pk, hecho, vale):
    """A htmx, el renglón; sin él, de vuelta a la lista, con «Deshacer» a la vista."""
    fila = CLASES[clase].modelo.objects.propias(request.user).get(pk=pk)
    if request.htmx:
        contexto = {"renglon": renglon_de(fila), "hecho": hecho, "vale": vale}
        return render(request, "directorio/frescura/_renglon.html", contexto)
    texto = f"{renglon_de(fila).nombre}: {hecho.lower()}." if vale else hecho or "Deshecho."
    boton = [messages.button(_url_de_deshacer(clase, pk, vale), "Deshacer")] if vale else None
    messages.success(request, texto, buttons=boton)
    return redirect(reverse("mi_directorio", query={"ver": clase}))


def _url_de_deshacer(clase, pk, vale) -> str:
    return reverse("mi_directorio_confirmar_deshacer", args=[clase, pk], query={"vale": vale})


@con_parte
def confirmar_deshacer(request, clase, pk):
    """Sin guiones, «Deshacer» es un enlace: la página pregunta y el POST lo hace (invariante 7)."""
    contexto = {"renglon": renglon_de(_fila(request, clase, pk)), "vale": request.GET.get("vale", "")}
    return render(request, "directorio/frescura/deshacer.html", contexto)


@permission_required("directorio.change_cartera")
def partes(request):
    """Por persona, cuánto lleva verificado y lo peor; y a quién está encargada cada parte."""
    centros = Centro.objects.activos()
    alcance = alcance_de(request.user, "directorio.change_cartera")
    centros = list(centros if alcance.nacional else centros.filter(pk__in=alcance.centros))
    pedido = request.GET.get("centro", "")
    elegidos = [centro for centro in centros if centro.slug == pedido] or centros[:1]
    suyas = Cartera.objects.para(request.user).filter(centro__in=elegidos).con_titular().en_orden()
    suyas = list(suyas.select_related("sistema", "centro", "responsable"))
    titulares = Personal.objects.in_bulk({parte.titular for parte in suyas if parte.titular})
    contexto = {
        "centros": centros,
        "centro": elegidos[0] if elegidos else None,
        "lineas": [(linea, linea.peor and renglon_de(linea.peor)) for linea in tablero(suyas)],
        "partes": [(p, titulares.get(p.titular), ParteForm(instance=p, prefix=str(p.pk))) for p in suyas],
    }
    return render(request, "directorio/frescura/partes.html", contexto)


@require_POST
@permission_required("directorio.change_cartera")
def encargar_parte(request, pk):
    completar_partes()
    parte = get_object_or_404(Cartera.objects.propias(request.user).select_related("centro"), pk=pk)
    form = ParteForm(request.POST, instance=parte, prefix=str(parte.pk))
    try:
        if not form.is_valid():
            raise NoPuedeLlevarla("Elija a alguien que trabaje hoy en el centro.")
        encargar(parte=parte, responsable=form.cleaned_data["responsable"], por=request.user, request=request)
    except NoPuedeLlevarla as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{parte}: {form.cleaned_data['responsable'] or 'quien le toca por su cargo'}.")
    return redirect(reverse("directorio_partes", query={"centro": parte.centro.slug}))
