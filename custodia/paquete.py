"""El paquete de una persona: un ZIP con todo lo suyo en JSON, en CSV y con sus archivos (acceso y portabilidad).

Lo arma lo que cada piso ofrece en ``comun.registros.datos_de_persona``. Un archivo que también lleva datos de otros
(el registro firmado de una sesión lista a todos) no va: va la fila que dice dónde está.
"""

import io
import json
import zipfile
from pathlib import PurePosixPath

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.text import slugify

from comun.expediente_personal import Parte, Titular
from comun.exportar import a_csv
from comun.registros import datos_de_persona

from .finalidades import CANAL, RESPONSABLE, TRATAMIENTOS

LEEME = """Copia de sus datos personales

Preparada el {hoy} por el portal de los CONECTAMEF a pedido suyo (Ley 29733).

datos.json     todo, para llevarlo a otro sistema
tablas/*.csv   lo mismo, por tablas, para abrirlo en una hoja de cálculo
archivos/      los archivos que son solo suyos

Los registros firmados en papel llevan también los datos de otras personas: por eso no se incluyen. La tabla
de asistencias dice en qué capacitación y en qué fecha está cada uno; puede verlos en el centro que la organizó.

{responsable}
{canal}
"""


def partes_de(titular: Titular) -> list[Parte]:
    """Lo que cada piso guarda de ``titular``; sin las tablas vacías."""
    return [parte for reunir in datos_de_persona for parte in reunir(titular) if parte.filas or parte.archivos]


def armar(titular: Titular) -> tuple[bytes, dict]:
    """El ZIP y sus cuentas: tablas, filas y archivos."""
    partes = partes_de(titular)
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as paquete:
        paquete.writestr("LEEME.txt", LEEME.format(hoy=f"{timezone.localdate():%d/%m/%Y}", **_de_todos()))
        paquete.writestr("datos.json", _json(partes))
        for numero, parte in enumerate(partes, 1):
            nombre = f"{numero:02}-{slugify(parte.titulo)}"
            if parte.filas:
                encabezados = list(parte.filas[0])
                filas = ([fila.get(columna) for columna in encabezados] for fila in parte.filas)
                paquete.writestr(f"tablas/{nombre}.csv", a_csv(encabezados, filas))
            for orden, archivo in enumerate(parte.archivos, 1):
                ruta = f"archivos/{nombre}-{orden}{PurePosixPath(archivo.archivo.name).suffix}"
                paquete.writestr(ruta, archivo.leer())
    return salida.getvalue(), {
        "tablas": len(partes),
        "filas": sum(len(parte.filas) for parte in partes),
        "archivos": sum(len(list(parte.archivos)) for parte in partes),
    }


def _de_todos() -> dict:
    return {"responsable": RESPONSABLE, "canal": CANAL}


def _json(partes) -> str:
    tablas = [
        {"tabla": parte.titulo, "para_que": TRATAMIENTOS[parte.finalidad].finalidad, "filas": parte.filas}
        for parte in partes
    ]
    return json.dumps({"datos": tablas} | _de_todos(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
