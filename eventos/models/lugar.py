"""Dónde es una capacitación: en un lugar, por internet o, si es híbrida, en los dos a la vez (R58)."""

from comun.mapa import url_de_mapa


class ConLugar:
    """Preguntas sobre el lugar de una capacitación; lee ``centro`` y ``distrito``."""

    @property
    def es_virtual(self):
        return self.modalidad == self.Modalidad.VIRTUAL

    @property
    def es_hibrida(self):
        return self.modalidad == self.Modalidad.HIBRIDA

    @property
    def tiene_lugar(self):
        """Si se puede ir: la presencial y la híbrida."""
        return not self.es_virtual

    @property
    def tiene_enlace(self):
        """Si se puede seguir por internet: la virtual y la híbrida."""
        return self.es_virtual or self.es_hibrida

    @property
    def lugar_en_una_linea(self):
        """Adónde va quien asiste en persona; «» si es virtual."""
        if self.es_virtual:
            return ""
        ciudad = (self.distrito or self.centro).nombre if self.distrito_id or self.centro_id else ""
        return ", ".join(parte for parte in (self.lugar, self.direccion, ciudad) if parte)

    @property
    def donde(self):
        """El lugar en una línea, «Virtual» o, en la híbrida, los dos."""
        if self.es_hibrida:
            return " o ".join(filter(None, [self.lugar_en_una_linea, "virtual"]))
        return "Virtual" if self.es_virtual else self.lugar_en_una_linea

    @property
    def url_mapa(self):
        """Su dirección en el mapa, o la del centro si no se dijo otra; «» si es virtual o no se sabe."""
        lugar = self if self.direccion or self.distrito_id else self.centro
        if self.es_virtual or lugar is None or not lugar.direccion:
            return ""
        distrito = lugar.distrito or (self.centro.distrito if self.centro_id else None)
        ciudad = self.centro.nombre if self.centro_id else ""
        return url_de_mapa(lugar.direccion, distrito.nombre_completo if distrito else ciudad)
