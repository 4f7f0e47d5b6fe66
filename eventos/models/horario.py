"""Cuándo es una capacitación, según sus sesiones."""

from itertools import groupby

from django.utils import timezone


class ConHorario:
    """Preguntas sobre el tiempo de una capacitación; lee ``sesiones``, que conviene traer de una vez."""

    @property
    def dias(self):
        """Pares (fecha, sus sesiones), en orden."""
        return [(fecha, list(filas)) for fecha, filas in groupby(self.sesiones.all(), lambda sesion: sesion.fecha)]

    @property
    def comienza_en(self):
        """Momento en que empieza su primera sesión, o ``None`` si aún no tiene sesiones."""
        return min((sesion.comienza_en for sesion in self.sesiones.all()), default=None)

    @property
    def termina_en(self):
        return max((sesion.termina_en for sesion in self.sesiones.all()), default=None)

    def ya_empezo(self, en=None):
        return self.comienza_en is not None and (en or timezone.now()) >= self.comienza_en

    def ya_termino(self, en=None):
        return self.termina_en is not None and (en or timezone.now()) >= self.termina_en

    def sesion_que_toca(self, en=None):
        """La que se dicta en el momento ``en`` o la primera que viene; ``None`` si ya no queda ninguna."""
        en = en or timezone.now()
        return next((sesion for sesion in self.sesiones.all() if en < sesion.termina_en), None)
