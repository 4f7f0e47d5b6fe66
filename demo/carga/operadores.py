"""Operadores y medios inventados en entidades reales."""

import datetime as dt

from directorio.models import Entidad, Medio, Operador
from organizacion.models import Centro, Sistema

from .azar import Azar, celular_inventado
from .marcas import marcar

MEDIOS = (("Radio", Medio.Tipo.RADIAL), ("Canal", Medio.Tipo.TELEVISIVO), ("Diario", Medio.Tipo.ESCRITO))


def cargar_operadores(carga, hoy: dt.date) -> None:
    """Dos operadores en cada gobierno regional o provincial y uno en los demás."""
    azar, sistemas = Azar(3), list(Sistema.objects.all())
    operadores, enlaces = [], []
    for entidad in Entidad.objects.order_by("codigo"):
        for _ in range(1 if entidad.codigo.startswith("MD") else 2):
            nombres, apellidos = azar.nombre()
            sistema, n = azar.choice(sistemas), len(operadores)
            operador = Operador(
                entidad=entidad,
                nombres=nombres,
                apellidos=apellidos,
                cargo=f"Responsable de {sistema.nombre}",
                correo=f"operador{n}@entidad.example",
                telefono=celular_inventado(20_000 + n),
                verificado_en=hoy - dt.timedelta(days=azar.randrange(400)) if azar.random() < 0.8 else None,
            )
            operador.refrescar_busqueda()
            operadores.append(operador)
            enlaces.append(sistema)
    Operador.objects.bulk_create(operadores)
    de_sistema = Operador.sistemas.through
    de_sistema.objects.bulk_create(
        de_sistema(operador=operador, sistema=sistema) for operador, sistema in zip(operadores, enlaces, strict=True)
    )
    marcar(carga, operadores)


def cargar_medios(carga) -> None:
    """Un medio de cada tipo en cada centro."""
    medios = [
        Medio(
            nombre=f"{nombre} {centro} (inventado)",
            tipo=tipo,
            centro=centro,
            correo=f"{tipo}.{centro.slug}@medio.example",
            telefono=celular_inventado(40_000 + 3 * centro.pk),
        )
        for centro in Centro.objects.order_by("slug")
        for nombre, tipo in MEDIOS
    ]
    for medio in medios:
        medio.refrescar_busqueda()
    Medio.objects.bulk_create(medios)
    marcar(carga, medios)
