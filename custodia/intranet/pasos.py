"""Los pasos de una solicitud: cuáles proceden, su pregunta y lo que hace cada uno."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from custodia.actions import derechos
from custodia.actions.derechos import NoProcede
from custodia.actions.efectos import adjuntar_documento
from custodia.documento import seccion_de_documento
from custodia.models import SolicitudDeDerechos
from custodia.permissions import puede_atender_solicitudes

from .comun import con_permiso, solicitud_de
from .forms import SinDatosForm, SubsanarForm, TextoForm, VerificarForm

E = SolicitudDeDerechos.Estado
ABIERTAS = SolicitudDeDerechos.ABIERTAS
EN_MARCHA = (E.RECIBIDA, E.EN_VERIFICACION, E.EN_ATENCION)


@dataclass(frozen=True)
class Paso:
    """``recibe``: con qué nombre toma la acción el texto que se escribió."""

    titulo: str
    estados: tuple
    hacer: Callable
    form: type = TextoForm
    recibe: str = ""
    opciones: dict = field(default_factory=dict)
    ayuda: str = ""
    es_grave: bool = False


PASOS = {
    "tomar": Paso("Empezar a verificar", (E.RECIBIDA,), derechos.tomar, SinDatosForm),
    "verificar": Paso("Verificar la identidad", (E.RECIBIDA, E.EN_VERIFICACION), derechos.verificar, VerificarForm),
    "observar": Paso(
        "Pedir que subsane",
        EN_MARCHA,
        derechos.observar,
        recibe="texto",
        opciones={"rotulo": "¿Qué falta?", "ayuda": "Se le escribe tal cual."},
        ayuda="El plazo se detiene hasta que lo traiga.",
    ),
    "subsanar": Paso(
        "Dar por subsanada",
        (E.POR_SUBSANAR,),
        derechos.subsanar,
        SubsanarForm,
        "texto",
        {"rotulo": "¿Qué trajo?"},
        "El plazo sigue con los días hábiles que le quedaban.",
    ),
    "ampliar": Paso(
        "Ampliar el plazo",
        EN_MARCHA,
        derechos.ampliar,
        recibe="motivo",
        opciones={"rotulo": "¿Por qué hace falta más tiempo?", "ayuda": "Se le escribe tal cual."},
        ayuda="Se amplía una sola vez, por otro plazo igual.",
    ),
    "atender": Paso(
        "Responder y dar por atendida",
        (E.EN_ATENCION,),
        derechos.atender,
        recibe="respuesta",
        opciones={"rotulo": "Respuesta", "ayuda": "Se le escribe tal cual. No ponga en ella su documento."},
    ),
    "denegar": Paso(
        "Denegar",
        ABIERTAS,
        derechos.denegar,
        recibe="motivo",
        opciones={"rotulo": "Motivo", "ayuda": "Se le escribe tal cual."},
        es_grave=True,
    ),
    "anular": Paso(
        "Anular",
        ABIERTAS,
        derechos.anular,
        recibe="motivo",
        opciones={"rotulo": "Motivo"},
        ayuda="Repetida, desistida o sin subsanar a tiempo. Se conserva y no se le escribe.",
        es_grave=True,
    ),
}


def pasos_posibles(solicitud) -> list[tuple[str, Paso]]:
    """Los que proceden en su estado; ampliar, una sola vez."""
    posibles = [(slug, paso) for slug, paso in PASOS.items() if solicitud.estado in paso.estados]
    return [(slug, paso) for slug, paso in posibles if slug != "ampliar" or not solicitud.ampliada_el]


@con_permiso(puede_atender_solicitudes)
def paso(request, pk, paso):
    solicitud = solicitud_de(request, pk)
    if paso not in PASOS:
        raise Http404
    elegido = PASOS[paso]
    form = elegido.form(request.POST if request.method == "POST" else None, request.FILES or None, **elegido.opciones)
    if request.method == "POST" and form.is_valid():
        try:
            _hacer(elegido, solicitud, form, request)
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{solicitud.numero}: {elegido.titulo.lower()}, hecho.")
            return redirect("custodia_solicitud", solicitud.pk)
    contexto = {"solicitud": solicitud, "paso": elegido, "form": form}
    if elegido.form is VerificarForm:
        contexto["documento"] = seccion_de_documento(request, "solicitud", solicitud)["contexto"]
    return render(request, "custodia/solicitud_paso.html", contexto)


def _hacer(elegido, solicitud, form, request) -> None:
    quien = {"por": request.user, "request": request}
    if getattr(form, "copia", b""):
        solicitud = adjuntar_documento(solicitud=solicitud, contenido=form.copia, **quien)
    datos = {elegido.recibe: form.cleaned_data["texto"]} if elegido.recibe else {}
    if elegido.form is VerificarForm:
        datos = {nombre: form.cleaned_data[nombre] for nombre in ("identidad", "correos")}
    elegido.hacer(solicitud=solicitud, **datos, **quien)
