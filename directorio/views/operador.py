"""Un operador cambia de trabajo o se va."""

from django.urls import reverse

from directorio import actions
from directorio.forms import CeseForm, TrasladoForm
from directorio.models import Operador

from .base import con_fila, enviado, preguntar

con_operador = con_fila(Operador.objects.select_related("entidad"), "directorio.change_operador")


def _ficha(operador):
    return reverse("directorio_operador_modeladmin_inspect", args=[operador.pk])


@con_operador
def trasladar(request, operador):
    form = TrasladoForm(enviado(request), instance=operador, usuario=request.user)

    def hacer(datos):
        actions.trasladar_operador(operador=operador, por=request.user, request=request, **datos)

    return preguntar(
        request,
        form,
        hacer=hacer,
        listo=f"Anotado el traslado de {operador}.",
        volver=_ficha(operador),
        titulo=f"Trasladar a {operador}",
        explicacion="Su puesto de antes queda en su historia con sus fechas.",
        boton="Anotar el traslado",
    )


@con_operador
def cesar(request, operador):
    def hacer(datos):
        actions.dejar_de_trabajar(operador=operador, hasta=datos["hasta"], por=request.user, request=request)

    return preguntar(
        request,
        CeseForm(enviado(request)),
        hacer=hacer,
        listo=f"{operador} ya no figura entre los operadores activos.",
        volver=_ficha(operador),
        titulo=f"{operador} ya no trabaja ahí",
        explicacion=f"Deja de estar activo en {operador.entidad}; si pasó a otra entidad, use «Trasladar».",
        boton="Ya no trabaja ahí",
    )
