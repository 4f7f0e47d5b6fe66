"""Archivos privados de mentira: uno de cada clase que las filas guardan."""

from custodia.archivos import guardar_archivo
from tests.eventos.intranet.realizadas import foto, un_pdf

PDF = un_pdf()


def archivo(nombre="papel.pdf"):
    return guardar_archivo(contenido=PDF, nombre=nombre, tipo="application/pdf", finalidad="prueba")


def imagen():
    datos = foto(lado=(40, 30)).read()
    return guardar_archivo(contenido=datos, nombre="foto.jpg", tipo="image/jpeg", finalidad="prueba")
