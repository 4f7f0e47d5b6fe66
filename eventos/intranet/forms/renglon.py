"""El ingreso rápido: una fila por capacitación, pensada para el teclado."""

import datetime as dt

from django import forms

from comun.celdas import leer_fecha, leer_hora
from comun.validadores import validar_sin_control
from eventos.catalogo import Catalogo
from eventos.models import Capacitacion
from eventos.renglon import Renglon, Turno, ponente_del_personal, ya_programadas

from .campos import validar_anio

FILAS, TOPE = 10, 40
# Sin ninguno de estos, la fila está en blanco: lo demás viene puesto.
PROPIOS = ("titulo", "sistema", "fecha", "personal", "tema", "cupos")
DE_SIEMPRE = {
    "tipo": Capacitacion.Tipo.BASICA,
    "modalidad": Capacitacion.Modalidad.PRESENCIAL,
    "desde": "9:00",
    "hasta": "13:00",
}


class CampoLeido(forms.CharField):
    """Un texto que ``leer`` convierte; su ``ValueError`` es el mensaje."""

    def __init__(self, leer, **opciones):
        super().__init__(max_length=40, **opciones)
        self.leer = leer

    def clean(self, valor):
        texto = super().clean(valor)
        if not texto:
            return None
        try:
            return self.leer(texto)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class RenglonForm(forms.Form):
    titulo = forms.CharField(label="Título", max_length=160, validators=[validar_sin_control])
    tipo = forms.ChoiceField(
        label="Tipo", choices=[(t.value, t.label.removeprefix("General ").capitalize()) for t in Capacitacion.Tipo]
    )
    modalidad = forms.ChoiceField(label="Modalidad", choices=Capacitacion.Modalidad)
    sistema = forms.TypedChoiceField(label="Sistema", coerce=int)
    lugar = forms.CharField(label="Lugar", max_length=160, required=False, validators=[validar_sin_control])
    personal = forms.TypedChoiceField(label="Expositor", coerce=int, required=False, empty_value=None)
    tema = forms.CharField(label="Tema", max_length=200, required=False, validators=[validar_sin_control])
    cupos = forms.IntegerField(
        label="Cupos",
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )

    field_order = ["titulo", "tipo", "modalidad", "sistema", "fecha", "desde", "hasta", "lugar", "personal", "tema"]

    def __init__(self, *args, catalogo: Catalogo, mes: dt.date, lugar: str, **kwargs):
        super().__init__(*args, **kwargs, initial=DE_SIEMPRE | {"lugar": lugar})
        self.catalogo, self.mes = catalogo, mes
        self.fields["fecha"] = CampoLeido(self._leer_fecha, label="Día")
        self.fields["desde"] = CampoLeido(leer_hora, label="Desde")
        self.fields["hasta"] = CampoLeido(leer_hora, label="Hasta")
        self.fields["sistema"].choices = [("", "Elija"), *((s.pk, s.nombre) for s in catalogo.sistemas)]
        self.fields["personal"].choices = [
            ("", "Por definir"),
            *((p.pk, f"{p}" if p.centro_id else f"{p} (sede)") for p in catalogo.personal),
        ]
        self.order_fields([*self.field_order, "cupos"])
        for nombre, campo in self.fields.items():
            campo.widget.attrs["autocomplete"] = "off"
            campo.widget.attrs["data-columna"] = nombre

    def has_changed(self):
        """Una fila en la que no se escribió nada propio está en blanco, aunque traiga lo de siempre."""
        return any(str(self.data.get(self.add_prefix(campo), "")).strip() for campo in PROPIOS)

    def _leer_fecha(self, texto: str) -> dt.date:
        """«7» es el 7 del mes de la pantalla y «7/12», el de su año; también una fecha entera."""
        partes = texto.replace("-", "/").split("/")
        if len(partes) <= 2 and all(parte.isascii() and parte.isdecimal() for parte in partes):
            mes = int(partes[1]) if len(partes) == 2 else self.mes.month
            return leer_fecha(f"{partes[0]}/{mes}/{self.mes.year}")
        return leer_fecha(texto)

    def clean(self):
        datos = super().clean()
        if fecha := datos.get("fecha"):
            try:
                validar_anio(fecha)
            except forms.ValidationError as error:
                self.add_error("fecha", error)
        desde, hasta = datos.get("desde"), datos.get("hasta")
        if desde and hasta and hasta <= desde:
            self.add_error("hasta", "La hora final debe ser posterior a la inicial.")
        return datos

    def renglon(self) -> Renglon:
        datos = self.cleaned_data
        personal = next((p for p in self.catalogo.personal if p.pk == datos["personal"]), None)
        return Renglon(
            titulo=datos["titulo"],
            tipo=datos["tipo"],
            modalidad=datos["modalidad"],
            sistemas=[datos["sistema"]],
            turnos=[Turno(datos["fecha"], datos["desde"], datos["hasta"])],
            ponentes=[ponente_del_personal(personal, datos["tema"])] if personal else [],
            lugar="" if datos["modalidad"] == Capacitacion.Modalidad.VIRTUAL else datos["lugar"],
            cupos=datos["cupos"],
        )


class RenglonesFormSet(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        filas = [(form, form.renglon()) for form in self.forms if form.has_changed()]
        if not filas:
            raise forms.ValidationError("No hay nada que guardar: llene al menos una fila.")
        vistas = ya_programadas(self.form_kwargs["catalogo"].centro, [r.turnos[0].fecha for _, r in filas])
        for form, renglon in filas:
            if renglon.llave in vistas:
                form.add_error("titulo", "Ya está programada ese día a esa hora.")
            vistas.add(renglon.llave)

    def renglones(self) -> list[Renglon]:
        return [form.renglon() for form in self.forms if form.has_changed()]


def renglones_de(datos, *, catalogo: Catalogo, mes: dt.date, lugar: str) -> RenglonesFormSet:
    """Las filas del ingreso rápido; al abrirlas traen lo de siempre puesto, y ``lugar``."""
    clase = forms.formset_factory(
        RenglonForm, formset=RenglonesFormSet, extra=FILAS, max_num=TOPE, absolute_max=TOPE, validate_max=True
    )
    return clase(datos, prefix="filas", form_kwargs={"catalogo": catalogo, "mes": mes, "lugar": lugar})
