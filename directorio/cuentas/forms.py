"""Encargar un rol y registrar un cese."""

from django import forms
from django.utils import timezone
from django.utils.html import conditional_escape

from comun.validadores import validar_sin_control
from organizacion.models import ROLES_QUE_LLEVAN_SISTEMA, Asignacion, Centro, Sistema, Usuario

from .ceses import candidatos_de, pendientes_de
from .encargaturas import DA_CUENTAS, centros_que_coordina, problemas_de, roles_que_encarga


class Fecha(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class EncargoForm(forms.Form):
    """Qué rol, dónde, entre qué fechas y por qué."""

    rol = forms.ChoiceField(label="Rol que se le encarga")
    centro = forms.ModelChoiceField(
        Centro.objects.none(), label="Centro", required=False, empty_label="Ninguno: es de la sede"
    )
    sistema = forms.ModelChoiceField(
        Sistema.objects.all(),
        label="Sistema administrativo",
        required=False,
        empty_label="Ninguno",
        help_text="Para Especialista, Implantador, Responsable Técnico y Ente rector.",
    )
    desde = forms.DateField(label="Desde", widget=Fecha)
    hasta = forms.DateField(label="Hasta", widget=Fecha, help_text="El último día incluido; termina solo.")
    motivo = forms.CharField(label="Motivo", max_length=200, validators=[validar_sin_control])
    memorando = forms.CharField(
        label="Memorando",
        max_length=60,
        required=False,
        validators=[validar_sin_control],
        help_text="Su número, si lo hay.",
    )

    def __init__(self, *args, usuario: Usuario, por: Usuario, **kwargs):
        kwargs.setdefault("initial", {"desde": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.fields["rol"].choices = [("", "Elija"), *((rol.value, rol.label) for rol in roles_que_encarga(por))]
        centros = Centro.objects.activos()
        if not por.has_perm(DA_CUENTAS):
            centros = centros.filter(pk__in=[centro.pk for centro in centros_que_coordina(por)])
            self.fields["centro"].required, self.fields["centro"].empty_label = True, None
            del self.fields["sistema"]
        self.fields["centro"].queryset = centros

    def clean(self):
        datos = super().clean()
        if datos.get("rol") not in ROLES_QUE_LLEVAN_SISTEMA:
            datos["sistema"] = None
        for campo, problema in problemas_de(self.asignacion()).items():
            if campo not in self.errors:
                self.add_error(campo if campo in self.fields else None, problema)
        return datos

    def asignacion(self) -> Asignacion:
        return Asignacion(usuario=self.usuario, **{"desde": None} | self.cleaned_data)


class CeseForm(forms.Form):
    """Último día, motivo y, por cada cosa abierta, quién la toma: ya viene elegido quien hace lo mismo ahí.

    Lo que se toma recibiendo un rol no viene elegido y dice cuál es y hasta cuándo.
    """

    ultimo_dia = forms.DateField(
        label="Último día de trabajo",
        widget=Fecha,
        help_text="Si es hoy o ya pasó, la cuenta se cierra al confirmar; si es una fecha futura, al día siguiente.",
    )
    motivo = forms.CharField(label="Motivo", max_length=200, validators=[validar_sin_control])

    def __init__(self, *args, usuario: Usuario | None, **kwargs):
        kwargs.setdefault("initial", {"ultimo_dia": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self.relevos = pendientes_de(usuario)
        for relevo in self.relevos:
            self.fields[f"toma_{relevo.clave}"] = self._campo(relevo, usuario)

    def _campo(self, relevo, usuario):
        candidatos = candidatos_de(relevo, usuario)
        propuesto = self._propuesto(relevo, candidatos)
        filas = relevo.filas(usuario)
        cuantas = filas.count()
        lista = "; ".join(str(fila) for fila in filas[:4]) + ("…" if cuantas > 4 else "")
        if relevo.prever:
            lista += f". {relevo.prever(de=usuario, a='', desde=timezone.localdate())}."
        return forms.ModelChoiceField(
            candidatos,
            label=f"{relevo.titulo} ({cuantas})",
            initial=propuesto,
            required=propuesto is not None,
            empty_label="Elija" if propuesto else "Nadie: queda sin responsable",
            help_text=conditional_escape(lista),
        )

    def _propuesto(self, relevo, candidatos) -> Usuario | None:
        """El primero que puede; a quien con ello recibiría un rol no se le propone: lo decide quien registra."""
        primero = candidatos.first()
        return None if primero and relevo.prever and not primero.lo_tiene else primero

    @property
    def de_relevo(self):
        return [self[f"toma_{relevo.clave}"] for relevo in self.relevos]

    def quien_toma(self) -> dict[str, Usuario]:
        return {relevo.clave: self.cleaned_data.get(f"toma_{relevo.clave}") for relevo in self.relevos}
