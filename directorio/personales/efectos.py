"""Lo que se corrige, se borra o se conserva del directorio a pedido de una persona."""

from django.db.models import Q

from comun.expediente_personal import Efecto, Que, corregir
from comun.registros import cancelaciones, rectificaciones
from directorio.models import Contacto

from .retiro import anonimizar, borrar_contactos, sin_contacto, vaciar_propuestas
from .suyo import altas_de, autoridades_de, medios_de, operadores_de, personal_de

FUNCIONARIO = "Cargo público vigente o histórico de la entidad: no depende de su consentimiento"
OPERA = "Opera hoy un sistema en su entidad: la base es la función del Ministerio, no su consentimiento"
TRABAJA = "Relación laboral o contractual y rastro de quién hizo qué"


@rectificaciones.anotar
def corregir_en_el_directorio(titular, cambios):
    """Las filas que se unieron a otra quedan como estaban: la que vale es la que se conservó."""
    operadores = [fila for fila in operadores_de(titular) if fila.fusionado_en_id is None]
    yield corregir("operador", "Operador en el directorio", operadores, cambios)
    yield corregir("autoridad", "Autoridad de una entidad", autoridades_de(titular), cambios)
    sin_cargo = {campo: valor for campo, valor in cambios.items() if campo != "cargo"}  # es una lista cerrada
    yield corregir("personal", "Personal de los centros", personal_de(titular), sin_cargo)


@cancelaciones.anotar
def efectos_en_el_directorio(titular, derecho):
    if derecho != "cancelacion":
        return
    operadores, autoridades, personal = operadores_de(titular), autoridades_de(titular), personal_de(titular)
    activos = [o for o in operadores if o.esta_activo]
    antiguos = [o for o in operadores if not o.esta_activo]
    extra = Contacto.objects.filter(Q(operador__in=activos) | Q(autoridad__in=autoridades))
    extra = extra.select_related("operador", "autoridad")
    altas = altas_de(titular)
    yield Efecto(
        "operador",
        "Operador que dejó el puesto",
        Que.ANONIMIZA,
        len(antiguos),
        "Ya no hace falta contactarlo; queda el puesto en la historia de la entidad",
        lambda por: anonimizar(antiguos),
    )
    yield Efecto("operador_activo", "Operador en el directorio", Que.CONSERVA, len(activos), OPERA)
    yield Efecto(
        "contactos",
        "Otros correos y teléfonos",
        Que.BORRA,
        extra.count(),
        "No hacen falta para la función",
        lambda por: borrar_contactos(extra),
    )
    yield Efecto(
        "altas",
        "Propuestas de agregarla al directorio",
        Que.ANONIMIZA,
        altas.count(),
        "Queda que se propuso y si se aceptó",
        lambda por: vaciar_propuestas(altas),
    )
    yield Efecto("autoridad", "Autoridad de una entidad", Que.CONSERVA, len(autoridades), FUNCIONARIO)
    yield Efecto("personal", "Personal de los centros y su cuenta", Que.CONSERVA, len(personal), TRABAJA)
    medios = medios_de(titular)
    yield Efecto(
        "medio",
        "Contacto de un medio",
        Que.BORRA,
        len(medios),
        "Queda el medio sin la persona",
        lambda por: sin_contacto(medios),
    )
