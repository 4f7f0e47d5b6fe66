"""Los formularios que la página de un enlace junta, y la respuesta que sale de ellos."""

from directorio.models import Pedido

from .forms_publicos import (
    CONFORME,
    CUANTOS_NUEVOS,
    HAY_CAMBIOS,
    EntidadPublicaForm,
    NuevoForm,
    OperadorPublicoForm,
    PersonaForm,
)
from .respuesta import Respuesta, baja, personas_de


class Pagina:
    """``form`` lleva los datos de la entidad o del operador; lo demás, solo en la de la entidad."""

    def __init__(self, pedido: Pedido, datos=None):
        self.conforme = bool(datos) and datos.get("accion") == CONFORME
        self.personas, self.nuevos = [], []
        if pedido.operador_id:
            self.form = OperadorPublicoForm(datos, instance=pedido.operador, conforme=self.conforme)
            return
        self.form = EntidadPublicaForm(datos, instance=pedido.entidad, conforme=self.conforme)
        personas = [PersonaForm(datos, fila=fila) for fila in personas_de(pedido.entidad)]
        # De quien se agregó con la página ya abierta no se preguntó: ni se confirma ni falta.
        self.personas = [una for una in personas if datos is None or una.add_prefix("situacion") in datos]
        self.nuevos = [NuevoForm(datos, numero=n) for n in range(CUANTOS_NUEVOS)]

    @property
    def filas(self) -> list:
        """Los formularios con errores propios, para el resumen."""
        return [*self.personas, *self.nuevos]

    @property
    def hay_en_filas(self) -> bool:
        return any(una.errors for una in self.filas)

    def es_valida(self) -> bool:
        if not self.form.is_bound:
            return False
        validos = [form.is_valid() for form in (self.form, *self.personas, *self.nuevos)]
        if all(validos) and self.conforme and self._dice_algo():
            self.form.add_error(None, HAY_CAMBIOS)
            return False
        return all(validos)

    def _dice_algo(self) -> bool:
        se_fue = any(p.cleaned_data["situacion"] == PersonaForm.YA_NO for p in self.personas)
        return se_fue or any(nuevo.escrito for nuevo in self.nuevos)

    def respuesta(self) -> Respuesta:
        """«Todo está bien» confirma a todos; si no, a quienes se dijo que siguen y a la entidad si nada suyo cambió."""
        if isinstance(self.form, OperadorPublicoForm):
            return self.form.respuesta()
        propuestas = self.form.propuestas()
        confirmadas = [] if propuestas else [self.form.instance]
        for persona in self.personas:
            if self.conforme or persona.cleaned_data["situacion"] == PersonaForm.SIGUE:
                confirmadas.append(persona.fila)
            elif persona.cleaned_data["situacion"] == PersonaForm.YA_NO:
                propuestas.append(baja(persona.fila, persona.cleaned_data["hasta"]))
        propuestas += [nuevo.propuesta() for nuevo in self.nuevos if nuevo.escrito]
        return Respuesta(confirmadas, propuestas)
