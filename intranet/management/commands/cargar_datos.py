from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from comun.datos import DatosInvalidos
from custodia.actions import poner_avisos_al_dia
from directorio.carga import SinCentro, cargar_entidades
from directorio.frescura.partes import completar_partes
from directorio.situacion.carga import cargar_indicadores
from home.carga import cargar_paginas
from intranet.matriz import aplicar_permisos
from organizacion.actions import sincronizar_grupos
from organizacion.carga import cargar_centros, cargar_rectoria, cargar_territorio
from organizacion.models import Usuario


class Command(BaseCommand):
    help = "Carga los datos de base: territorio, centros, órganos, entidades, roles y páginas. Se puede repetir."

    def handle(self, *, verbosity, **opciones):
        try:
            with transaction.atomic():
                self.cargar(self.stdout.write if verbosity else lambda texto: None)
        except (DatosInvalidos, SinCentro) as error:
            raise CommandError(f"No se cargó nada. {error}") from error

    def cargar(self, avisar):
        pasos = (
            ("territorio", cargar_territorio),
            ("centros y jurisdicciones", cargar_centros),
            ("órganos y sistemas", cargar_rectoria),
            ("entidades", cargar_entidades),
            ("indicadores", cargar_indicadores),
        )
        for nombre, cargar in pasos:
            avisar(f"{nombre}: {cargar()} filas nuevas")
        poner_avisos_al_dia()
        cargar_paginas()
        completar_partes()
        aplicar_permisos()
        for usuario in Usuario.objects.filter(asignaciones__isnull=False).distinct():
            sincronizar_grupos(usuario)
        avisar(self.style.SUCCESS("Avisos, páginas y permisos al día."))
