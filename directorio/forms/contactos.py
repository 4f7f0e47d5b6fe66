import json

from django import forms

from comun.modeladmin.a_la_vez import VISTO, leer_vistos, resumen
from directorio.models import Contacto

TOPE = 12
VACIAS = 2  # filas en blanco al final: sin guiones, cada vez que se guarda hay otras dos
DATOS = ("clase", "valor", "nota")


class ContactoForm(forms.ModelForm):
    class Meta:
        model = Contacto
        # Tupla: un conjunto en línea le agrega su llave foránea a una lista, y quedaría en los de las demás clases.
        fields = DATOS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clase"].initial = Contacto.Clase.TELEFONO
        self.fields["clase"].choices = Contacto.Clase.choices

    def has_changed(self):
        """Elegir solo «correo» o «teléfono» no es escribir un contacto."""
        return bool({"valor", "nota"} & {*self.changed_data}) or (bool(self.instance.pk) and super().has_changed())


class ConjuntoDeContactos(forms.BaseInlineFormSet):
    """Los de una fila. Lleva escondido con qué se abrió: así se sabe qué cambió otra persona mientras tanto."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        filas = list(self.get_queryset())
        # Al unir dos filas se juntan los contactos de ambas: los que ya están caben siempre.
        self.max_num = max(TOPE, len(filas))
        self.absolute_max = self.max_num * 2
        # Ahora: revisar el formulario le pone a cada contacto lo enviado.
        self._ahora = {str(fila.pk): _resumir({dato: getattr(fila, dato) for dato in DATOS}) for fila in filas}
        self._valores = {fila.valor for fila in filas}

    @property
    def _enviado(self) -> str:
        return self.data.get(f"{self.prefix}-{VISTO}", "")

    @property
    def visto(self) -> str:
        return self._enviado if self.is_bound else json.dumps(self._ahora)

    def otra_persona_los_cambio(self) -> bool:
        """Si ya no son los que había al abrirse el formulario; no, si el envío no dice cuáles eran."""
        return bool(self._enviado) and leer_vistos(self._enviado) != self._ahora

    def estan_bien_escritos(self) -> bool:
        """Aunque alguno ya no exista."""
        return not any({*formulario.errors} - {"id"} for formulario in self.forms)

    def con_lo_ajeno(self):
        """Otro conjunto: lo que la fila tiene ahora y, encima, lo que escribió esta persona. Pide que esté bien."""
        suyos, nuevos = self._escritos()
        conjunto = type(self)(instance=self.instance, prefix=self.prefix, initial=nuevos)
        conjunto.extra, conjunto.max_num = len(nuevos) + VACIAS, conjunto.max_num + len(nuevos)
        for formulario in conjunto.initial_forms:
            formulario.initial |= suyos.get(str(formulario.instance.pk), {})
        return conjunto

    def _escritos(self) -> tuple[dict[str, dict], list[dict]]:
        """Lo que esta persona corrigió, por llave, y lo que agregó. Lo que otra quitó y esta corrigió se agrega."""
        vistos, suyos, nuevos = leer_vistos(self._enviado), {}, []
        for formulario in self.forms:
            datos = {dato: formulario.cleaned_data.get(dato) for dato in (*DATOS, "DELETE")}
            llave = formulario["id"].value()
            quita, toca = datos["DELETE"], datos["valor"] and vistos.get(str(llave)) != _resumir(datos)
            if str(llave) in self._ahora:
                suyos |= {str(llave): datos} if quita or toca else {}
            elif toca and not quita and datos["valor"] not in self._valores:
                nuevos.append({dato: datos[dato] for dato in DATOS})
        return suyos, nuevos

    def clean(self):
        """El mismo correo o teléfono no va dos veces."""
        vistos = set()
        for formulario in self.forms:
            datos = getattr(formulario, "cleaned_data", {})
            if not datos.get("valor") or datos.get("DELETE"):
                continue
            valor = datos["valor"].lower()
            if valor in vistos:
                formulario.add_error("valor", "Ya está en otra fila.")
            vistos.add(valor)


def _resumir(datos: dict) -> str:
    return resumen("\n".join(datos[dato] or "" for dato in DATOS))


def conjunto_de_contactos(modelo):
    """El conjunto de formularios de los otros contactos de una fila de ``modelo``."""
    return forms.inlineformset_factory(
        modelo,
        Contacto,
        form=ContactoForm,
        formset=ConjuntoDeContactos,
        extra=VACIAS,
        max_num=TOPE,
        validate_max=True,
        absolute_max=TOPE * 2,
    )
