import time

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from demo.carga.aportes import cargar_aportes
from demo.carga.campanias import cargar_campanias
from demo.carga.capacitaciones import cargar_capacitaciones
from demo.carga.centros import cargar_datos_de_centros, cargar_horarios_especiales
from demo.carga.convocatorias import cargar_convocatorias
from demo.carga.derechos import cargar_derechos
from demo.carga.dias import cargar_dias_no_laborables
from demo.carga.difusion import cargar_difusion
from demo.carga.directorio import cargar_directorio
from demo.carga.ediciones import cargar_ediciones
from demo.carga.encuestas_en_linea import cargar_encuestas_en_linea, cargar_logistica
from demo.carga.envios import cargar_envios
from demo.carga.expedientes import cargar_expedientes
from demo.carga.imagenes import cargar_imagenes
from demo.carga.importaciones import cargar_importaciones_del_directorio
from demo.carga.inscripciones import cargar_encuestas, cargar_inscripciones
from demo.carga.mesas import cargar_mesas
from demo.carga.mural import cargar_mural
from demo.carga.noticias import cargar_noticias
from demo.carga.novedades import cargar_novedades
from demo.carga.operadores import cargar_medios, cargar_operadores
from demo.carga.personal import cargar_cuentas, cargar_personal
from demo.carga.por_ordenar import cargar_por_ordenar
from demo.carga.programa import cargar_programa
from demo.carga.programacion import cargar_programacion, variar_capacitaciones
from demo.carga.pruebas import cargar_pruebas, cargar_vistos_buenos
from demo.carga.publicaciones import cargar_boletines, cargar_comunicados, cargar_suscriptores
from demo.carga.registros import cargar_registros
from demo.carga.situacion import cargar_situacion
from demo.carga.suscriptores import cargar_importaciones, variar_suscriptores
from demo.carga.validaciones import cargar_validaciones
from demo.models import Carga
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal, Centro, Usuario
from organizacion.publico import subir_version_publica


class Command(BaseCommand):
    help = "Carga una vez la demostración: datos inventados, con fechas relativas a hoy, sobre los datos reales."

    def handle(self, *args, **opciones):
        if Carga.objects.exists():
            self.stdout.write("La demostración ya se cargó una vez: se conserva lo que hay.")
            return
        if not Centro.objects.exists():
            raise CommandError("Primero ejecute «manage.py cargar_datos»: la demostración va sobre los datos reales.")
        if Capacitacion.objects.exists() or Usuario.objects.exists():
            # No es un error: «make run» arranca también una oficina que empezó con DEMO=0.
            self.stdout.write("Esta oficina ya trabaja con sus propios datos: no se mezclan con una demostración.")
            return
        comienzo = time.monotonic()
        with transaction.atomic():
            self.cargar(timezone.localdate())
        self.stdout.write(self.style.SUCCESS(f"Demostración cargada en {time.monotonic() - comienzo:.0f} segundos."))

    def cargar(self, hoy):
        carga = Carga.objects.create()
        AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"es_demostracion": True})
        cargar_datos_de_centros()
        cargar_horarios_especiales(carga, hoy)
        cargar_dias_no_laborables(carga, hoy)
        cargar_personal(carga)
        cargar_cuentas(carga)
        cargar_operadores(carga, hoy)
        cargar_medios(carga)
        cargar_situacion(carga, hoy)
        cargar_directorio(carga, hoy)
        cargar_campanias(carga, hoy)
        cargar_por_ordenar(carga, hoy)
        cargar_capacitaciones(carga, hoy)
        variar_capacitaciones(hoy)
        cargar_novedades(carga, hoy)
        cargar_inscripciones(carga, hoy)
        cargar_programacion(carga, hoy)
        cargar_encuestas(hoy)
        cargar_convocatorias(carga, hoy)
        cargar_mesas(carga, hoy)  # antes que las validaciones: trae la capacitación de hoy
        cargar_validaciones(hoy)
        cargar_pruebas(hoy)
        cargar_vistos_buenos(hoy)
        cargar_encuestas_en_linea(hoy)
        cargar_logistica(hoy)
        cargar_registros(hoy)
        cargar_expedientes(hoy)
        cargar_programa(carga, hoy)
        imagenes = cargar_imagenes(carga)
        cargar_boletines(carga, hoy, imagenes)
        cargar_comunicados(carga, hoy, imagenes)
        cargar_noticias(carga, hoy, imagenes)
        cargar_aportes(carga, hoy, imagenes)  # después de los comunicados: los propone a los Responsables Técnicos
        cargar_mural(carga, hoy)
        cargar_suscriptores(carga)
        variar_suscriptores(carga, hoy)
        cargar_importaciones(carga, hoy)
        cargar_envios(carga)
        cargar_ediciones(carga, hoy)  # después de los suscriptores y de los aportes
        cargar_difusion(carga, hoy)
        cargar_importaciones_del_directorio(carga)
        cargar_derechos(carga, hoy)
        subir_version_publica()
