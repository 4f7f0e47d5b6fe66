import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone

from comun.alcance import alcance_de
from directorio.models import Personal
from eventos.permissions import VER_ESTADISTICA
from organizacion.models import Centro, Organo

from .campos import Fecha, validar_anio


def centros_de(usuario):
    """Los que puede mirar: los suyos, o todos si es de la sede o responde por un sistema (R17)."""
    alcance = alcance_de(usuario, VER_ESTADISTICA)
    return (
        Centro.objects.all() if alcance.nacional or alcance.sistemas else Centro.objects.filter(pk__in=alcance.centros)
    )


def _propio(usuario, centros):
    return usuario.centro if usuario.centro in centros else centros.first()


class EstadisticaForm(forms.Form):
    """Qué se cuenta: sin centro, lo que organiza la sede."""

    centro = forms.ModelChoiceField(Centro.objects.none(), label="Centro", empty_label="Sede central", required=False)
    especialista = forms.ModelChoiceField(
        Personal.objects.none(), label="Expositor", empty_label="Todo el centro", required=False
    )
    desde = forms.DateField(label="Desde", widget=Fecha, validators=[validar_anio])
    hasta = forms.DateField(label="Hasta", widget=Fecha, validators=[validar_anio])
    aliado = forms.ModelChoiceField(
        Organo.objects.none(), label="Servicio conjunto con", empty_label="Cualquiera", required=False
    )

    def __init__(self, consulta, *, usuario):
        centros = centros_de(usuario)
        super().__init__(
            {**self._de_siempre(usuario, centros), **{c: v for c, v in consulta.items() if v or c == "centro"}}
        )
        self.fields["centro"].queryset = centros
        if not alcance_de(usuario, VER_ESTADISTICA).nacional:
            self.fields["centro"].empty_label = None
            self.fields["centro"].required = True
        self.fields["aliado"].queryset = Organo.objects.filter(tipo=Organo.Tipo.ALIADO)
        elegido = self.data.get("centro") or 0
        llave = int(elegido) if str(elegido).isdecimal() and len(str(elegido)) < 19 else 0
        de_aqui = Personal.objects.filter(centro__in=centros, centro=llave)
        self.fields["especialista"].queryset = de_aqui.filter(
            Q(exposiciones__isnull=False) | Q(sistema__isnull=False)
        ).distinct()

    @staticmethod
    def _de_siempre(usuario, centros) -> dict:
        """El año en curso, en el propio centro."""
        hoy = timezone.localdate()
        propio = _propio(usuario, centros) if not alcance_de(usuario, VER_ESTADISTICA).nacional else None
        return {
            "centro": propio.pk if propio else "",
            "desde": dt.date(hoy.year, 1, 1).isoformat(),
            "hasta": hoy.isoformat(),
        }

    def clean(self):
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta") and datos["hasta"] < datos["desde"]:
            self.add_error("hasta", "Debe ser igual o posterior a la fecha inicial.")
        return datos
