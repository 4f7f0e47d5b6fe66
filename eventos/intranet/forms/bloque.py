"""Cancelar o mover varias a la vez: cuáles, por qué y, si se mueven, cuánto."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from comun.alcance import alcance_de
from eventos.models import Motivo
from organizacion.models import Centro

from .campos import Fecha, validar_anio

DIAS_A_LA_VISTA = 14
TOPE = 200  # capacitaciones de una vez
UN_ANIO = 366
CANCELAR, MOVER = "cancelar", "mover"


class BuscarForm(forms.Form):
    """De qué centro y entre qué fechas."""

    centro = forms.ModelChoiceField(label="Centro", queryset=Centro.objects.none())
    desde = forms.DateField(label="Desde", widget=Fecha, validators=[validar_anio])
    hasta = forms.DateField(label="Hasta", widget=Fecha, validators=[validar_anio])

    def __init__(self, datos, *, usuario):
        hoy, alcance = timezone.localdate(), alcance_de(usuario, "eventos.change_capacitacion")
        habituales = {"desde": hoy.isoformat(), "hasta": (hoy + dt.timedelta(DIAS_A_LA_VISTA)).isoformat()}
        centros = Centro.objects.all() if alcance.nacional else Centro.objects.filter(pk__in=alcance.centros)
        if not alcance.nacional and len(alcance.centros) == 1:
            habituales["centro"] = str(next(iter(alcance.centros)))
        # Solo lo que no se pidió se llena; sin centro, la sede todavía no ha pedido nada.
        datos = habituales | {
            nombre: datos[nombre].replace("\x00", "") for nombre in self.base_fields if nombre in datos
        }
        super().__init__(datos if "centro" in datos else None, initial=datos)
        self.fields["centro"].queryset = centros.filter(esta_activo=True)
        if "centro" in habituales:
            self.fields["centro"].widget = forms.HiddenInput()

    def clean(self):
        datos = super().clean()
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "Es anterior a la primera fecha.")
        return datos


class BloqueForm(forms.Form):
    """Qué se hace con las elegidas. Cada una llega como «llave:secuencia»: si cambió mientras tanto, no se toca."""

    accion = forms.ChoiceField(
        label="Qué hacer con ellas",
        choices=[(CANCELAR, "Cancelarlas"), (MOVER, "Moverlas a otra fecha")],
        widget=forms.RadioSelect,
        error_messages={"required": "Elija si se cancelan o se mueven."},
    )
    motivo = forms.ChoiceField(
        label="Motivo",
        choices=[("", "Elija el motivo"), *Motivo.choices],
        help_text="Lo leerán las personas inscritas y el público.",
    )
    detalle = forms.CharField(
        label="Detalle, si se cancelan", max_length=180, required=False, help_text="Por ejemplo: bloqueo de carreteras."
    )
    dias = forms.IntegerField(
        label="Si se mueven: cuántos días",
        required=False,
        min_value=-UN_ANIO,
        max_value=UN_ANIO,
        help_text="7 las atrasa una semana; -1 las adelanta un día. Conservan sus horas.",
    )
    desde_el = forms.DateField(
        label="O que la primera empiece el",
        required=False,
        widget=Fecha,
        validators=[validar_anio],
        help_text="Las demás se corren lo mismo.",
    )

    def __init__(self, datos, *, elegibles):
        super().__init__(datos)
        self.elegibles = {capacitacion.pk: capacitacion for capacitacion in elegibles}
        self.llaves = datos.getlist("elegida") if datos else []

    def clean(self):
        datos = super().clean()
        self.elegidas = dict(filter(None, map(self._leer, self.llaves)))
        if not self.elegidas:
            raise ValidationError("Marque al menos una capacitación.")
        if datos.get("accion") == MOVER:
            datos["dias"] = self._dias(datos)
        return datos

    def _leer(self, texto) -> tuple[int, int] | None:
        llave, _, secuencia = texto.partition(":")
        if not (llave.isdecimal() and secuencia.isdecimal() and len(texto) < 30):
            return None
        return (int(llave), int(secuencia)) if int(llave) in self.elegibles else None

    def _dias(self, datos) -> int | None:
        dias, desde_el = datos.get("dias"), datos.get("desde_el")
        if {"dias", "desde_el"} & self.errors.keys():
            return None
        if (dias is None) == (desde_el is None):
            self.add_error("dias", "Escriba cuántos días o la fecha en que empieza la primera: una de las dos.")
            return None
        if desde_el:
            dias = (desde_el - min(self.elegibles[llave].fecha_inicio for llave in self.elegidas)).days
        if not dias:
            self.add_error("dias", "Así quedarían en la misma fecha.")
        return dias
