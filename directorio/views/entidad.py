"""Una entidad cambia de nombre; sus autoridades terminan su periodo."""

from django.urls import reverse
from django.utils import timezone

from directorio import actions
from directorio.forms import FinDePeriodoForm, NombreDeEntidadForm
from directorio.models import Entidad

from .base import con_fila, enviado, preguntar

con_entidad = con_fila(Entidad.objects.all(), "directorio.change_entidad")


def _ficha(entidad):
    return reverse("directorio_entidad_modeladmin_inspect", args=[entidad.pk])


@con_entidad
def cambiar_nombre(request, entidad):
    def hacer(datos):
        actions.renombrar_entidad(entidad=entidad, por=request.user, request=request, **datos)

    return preguntar(
        request,
        NombreDeEntidadForm(enviado(request), initial={"nombre": entidad.nombre}),
        hacer=hacer,
        listo="Anotado el nombre nuevo.",
        volver=_ficha(entidad),
        titulo=f"Cambió de nombre: {entidad}",
        explicacion="El nombre de antes queda en su ficha, y quien la busque por él la encuentra.",
        boton="Cambiar el nombre",
    )


@con_fila(Entidad.objects.all(), "directorio.change_autoridad")
def terminar_periodo(request, entidad):
    hoy = timezone.localdate()
    actuales = actions.que_terminan(entidad, hoy)

    def hacer(datos):
        actions.terminar_periodo(entidad=entidad, hasta=datos["hasta"], por=request.user, request=request)

    return preguntar(
        request,
        FinDePeriodoForm(enviado(request), initial={"hasta": hoy.replace(month=12, day=31)}),
        hacer=hacer,
        listo="Anotado el fin de su periodo. Agregue ahora a las autoridades nuevas, con la fecha en que empiezan.",
        volver=_ficha(entidad),
        titulo=f"Terminar el periodo de las autoridades: {entidad}",
        explicacion="Terminan juntas ese día; las que empiecen después quedan como están.",
        lista=[f"{fila.cargo}: {fila}" for fila in actuales],
        boton="Terminar el periodo",
    )
