"""Un programa conocido para las pruebas del calendario, y cómo leer lo que una lista muestra."""

import re

from tests.fabricas import CapacitacionFactory, SistemaFactory

CALENDARIO = "/capacitaciones/"


def crear_programa(cusco, arequipa):
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    presupuesto = SistemaFactory()
    CapacitacionFactory(centro=cusco, titulo="Formulación presupuestaria", dias=3)
    CapacitacionFactory(centro=cusco, titulo="Pagaduría", dias=2, sistemas=[tesoreria], modalidad="virtual")
    CapacitacionFactory(
        centro=arequipa, titulo="Inversión pública", dias=4, tipo="informativa", sistemas=[presupuesto, tesoreria]
    )
    CapacitacionFactory(centro=None, organizador="sede", titulo="Novedades de la sede", dias=5)
    CapacitacionFactory(centro=cusco, titulo="Cancelada a última hora", dias=6, estado="cancelada")
    CapacitacionFactory(centro=cusco, titulo="Secreta", estado="borrador")
    CapacitacionFactory(centro=cusco, titulo="La del mes pasado", dias=-40)


def titulos(respuesta):
    """Los títulos de la lista, como se leen en la página."""
    return re.findall(r'class="evento-titulo"><a [^>]*>([^<]+)</a>', respuesta.text)
