"""Fábricas: cada una crea la fila más simple que vale."""

import datetime as dt
import uuid

import factory
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from boletines.models import CorreoDifundido, Suscriptor
from directorio.models import Autoridad, Entidad, Indicador, Medio, Operador, Personal
from eventos.models import (
    Asistencia,
    Capacitacion,
    Expositor,
    Inscripcion,
    Material,
    NotaDePrueba,
    Pregunta,
    Prueba,
    Sesion,
    Solicitud,
    Validacion,
)
from eventos.validaciones import plazo_de
from home.models import AvisoDeMural, Norma, Sinonimo
from organizacion.models import (
    Centro,
    Departamento,
    DiaNoLaborable,
    Distrito,
    HorarioEspecial,
    Organo,
    Persona,
    Provincia,
    Sistema,
    Usuario,
)


class DepartamentoFactory(DjangoModelFactory):
    class Meta:
        model = Departamento
        django_get_or_create = ("codigo",)

    codigo = "08"
    nombre = "Cusco"


class ProvinciaFactory(DjangoModelFactory):
    class Meta:
        model = Provincia
        django_get_or_create = ("codigo",)

    codigo = "0801"
    nombre = "Cusco"
    departamento = factory.SubFactory(DepartamentoFactory)


class DistritoFactory(DjangoModelFactory):
    class Meta:
        model = Distrito
        django_get_or_create = ("ubigeo",)

    ubigeo = "080101"
    nombre = "Cusco"
    provincia = factory.SubFactory(ProvinciaFactory)


class CentroFactory(DjangoModelFactory):
    class Meta:
        model = Centro
        django_get_or_create = ("slug",)

    nombre = "Cusco"
    slug = factory.LazyAttribute(lambda c: slugify(c.nombre))
    correo = factory.LazyAttribute(lambda c: f"{c.slug}@conectamef.example")
    telefono = "084 123456"
    horario = "Lunes a viernes de 8:30 a. m. a 5:30 p. m."


class DiaNoLaborableFactory(DjangoModelFactory):
    class Meta:
        model = DiaNoLaborable

    fecha = factory.Sequence(lambda n: dt.date(2030, 1, 1) + dt.timedelta(days=n))
    motivo = "Decreto de prueba"


class HorarioEspecialFactory(DjangoModelFactory):
    class Meta:
        model = HorarioEspecial

    centro = factory.SubFactory(CentroFactory)
    motivo = "Mudanza de local"


class OrganoFactory(DjangoModelFactory):
    class Meta:
        model = Organo
        django_get_or_create = ("sigla",)

    sigla = "DGPP"
    nombre = "Dirección General de Presupuesto Público"
    tipo = Organo.Tipo.ENTE_RECTOR


class SistemaFactory(DjangoModelFactory):
    class Meta:
        model = Sistema
        django_get_or_create = ("slug",)

    slug = "presupuesto"
    nombre = "Presupuesto Público"
    organo = factory.SubFactory(OrganoFactory)


class UsuarioFactory(DjangoModelFactory):
    class Meta:
        model = Usuario
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"usuario{n}")
    password = factory.django.Password("clave-de-prueba")


class PersonaFactory(DjangoModelFactory):
    class Meta:
        model = Persona
        django_get_or_create = ("tipo_documento", "numero_documento")

    tipo_documento = "dni"
    numero_documento = factory.Sequence(lambda n: f"{40_000_000 + n}")
    nombres = "Rosa"
    apellidos = "Quispe Mamani"


class EntidadFactory(DjangoModelFactory):
    class Meta:
        model = Entidad

    nombre = factory.Sequence(lambda n: f"Municipalidad Distrital de Prueba {n}")
    tipo = Entidad.Tipo.GL
    distrito = factory.SubFactory(DistritoFactory)
    centro = factory.SubFactory(CentroFactory)


class PersonalFactory(DjangoModelFactory):
    class Meta:
        model = Personal

    nombres = "Julia"
    apellidos = factory.Sequence(lambda n: f"Huamán {n}")
    cargo = Personal.Cargo.ASISTENTE
    centro = factory.SubFactory(CentroFactory)
    desde = dt.date(2020, 1, 1)


class OperadorFactory(DjangoModelFactory):
    class Meta:
        model = Operador

    entidad = factory.SubFactory(EntidadFactory)
    nombres = "Pedro"
    apellidos = factory.Sequence(lambda n: f"Condori {n}")


class AutoridadFactory(DjangoModelFactory):
    class Meta:
        model = Autoridad

    entidad = factory.SubFactory(EntidadFactory)
    cargo = "Alcaldesa"
    nombres = "Julia"
    apellidos = "Condori Apaza"


class MedioFactory(DjangoModelFactory):
    class Meta:
        model = Medio

    nombre = factory.Sequence(lambda n: f"Radio {n}")
    tipo = Medio.Tipo.RADIAL
    centro = factory.SubFactory(CentroFactory)


class IndicadorFactory(DjangoModelFactory):
    class Meta:
        model = Indicador

    nombre = factory.Sequence(lambda n: f"Ejecución presupuestal {n + 1}")
    unidad = "%"


class CapacitacionFactory(DjangoModelFactory):
    """Publicada, básica, con una sesión de 9:00 a 13:00 dentro de ``dias`` días y 20 cupos."""

    class Meta:
        model = Capacitacion
        skip_postgeneration_save = True

    class Params:
        dias = 7

    titulo = factory.Sequence(lambda n: f"Formulación presupuestaria {n}")
    slug = factory.LazyAttribute(lambda c: slugify(c.titulo))
    tipo = Capacitacion.Tipo.BASICA
    modalidad = Capacitacion.Modalidad.PRESENCIAL
    centro = factory.SubFactory(CentroFactory)
    lugar = "Auditorio del centro"
    cupos = 20
    estado = Capacitacion.Estado.PUBLICADA
    fecha_inicio = factory.LazyAttribute(lambda c: timezone.localdate() + dt.timedelta(days=c.dias))
    fecha_fin = factory.SelfAttribute("fecha_inicio")

    @factory.post_generation
    def sesiones(self, create, extracted, **kwargs):
        if create and extracted is None:
            SesionFactory(capacitacion=self, fecha=self.fecha_inicio)

    @factory.post_generation
    def sistemas(self, create, extracted, **kwargs):
        if create:
            self.sistemas.set(extracted or [SistemaFactory()])


class SesionFactory(DjangoModelFactory):
    class Meta:
        model = Sesion

    capacitacion = factory.SubFactory(CapacitacionFactory)
    fecha = factory.LazyFunction(timezone.localdate)
    hora_inicio = dt.time(9)
    hora_fin = dt.time(13)


class ExpositorFactory(DjangoModelFactory):
    class Meta:
        model = Expositor

    capacitacion = factory.SubFactory(CapacitacionFactory)
    nombre = factory.Sequence(lambda n: f"Expositora {n}")
    tema = "Normas del año"


class InscripcionFactory(DjangoModelFactory):
    class Meta:
        model = Inscripcion

    capacitacion = factory.SubFactory(CapacitacionFactory)
    persona = factory.SubFactory(PersonaFactory)
    nombres = factory.SelfAttribute("persona.nombres")
    apellidos = factory.SelfAttribute("persona.apellidos")
    entidad = factory.SubFactory(EntidadFactory)
    cargo = "Tesorero"
    correo = factory.Sequence(lambda n: f"persona{n}@muni.example")
    telefono = "984123456"
    estado = Inscripcion.Estado.CONFIRMADA
    orden = factory.Sequence(lambda n: n + 1)


class MaterialFactory(DjangoModelFactory):
    """Un PDF mínimo."""

    class Meta:
        model = Material

    capacitacion = factory.SubFactory(CapacitacionFactory)
    titulo = factory.Sequence(lambda n: f"Presentación {n}")
    archivo = factory.django.FileField(data=b"%PDF-1.7 de prueba", filename="presentacion.pdf")
    octetos = 18


class PreguntaFactory(DjangoModelFactory):
    class Meta:
        model = Pregunta

    centro = factory.SubFactory(CentroFactory)
    envio = factory.LazyFunction(uuid.uuid4)
    nombre = factory.Sequence(lambda n: f"Rosa Quispe {n}")
    correo = "rosa@muni.example"
    texto = "¿El auditorio tiene ingreso para silla de ruedas?"


class SolicitudFactory(DjangoModelFactory):
    class Meta:
        model = Solicitud

    centro = factory.SubFactory(CentroFactory)
    entidad = factory.SubFactory(EntidadFactory, centro=factory.SelfAttribute("..centro"))
    documento = factory.Sequence(lambda n: f"Oficio N.° {n + 1:03d}-2026-MDW")
    contacto = "Luz Ccori"
    tema = factory.Sequence(lambda n: f"Cierre contable {n}")


class ValidacionFactory(DjangoModelFactory):
    """Pendiente, en el sistema de su capacitación, con el plazo puesto."""

    class Meta:
        model = Validacion

    capacitacion = factory.SubFactory(CapacitacionFactory)
    sistema = factory.LazyAttribute(lambda v: v.capacitacion.sistemas.first())
    vence_el = factory.LazyAttribute(lambda v: plazo_de(v.capacitacion))


class PruebaFactory(DjangoModelFactory):
    """Dos preguntas: la primera vale 4 y es la A; la segunda vale 6 y es la B."""

    class Meta:
        model = Prueba
        skip_postgeneration_save = True

    capacitacion = factory.SubFactory(CapacitacionFactory)
    sistema = factory.LazyAttribute(lambda p: p.capacitacion.sistemas.first())

    @factory.post_generation
    def preguntas(self, create, extracted, **kwargs):
        for orden, puntaje in enumerate((4, 6)):
            pregunta = self.preguntas.create(texto=f"Pregunta número {orden + 1}", puntaje=puntaje, orden=orden)
            for n, letra in enumerate("ABC"):
                pregunta.alternativas.create(texto=f"Respuesta {letra}", es_correcta=n == orden, orden=n)


class NotaDePruebaFactory(DjangoModelFactory):
    class Meta:
        model = NotaDePrueba

    prueba = factory.SubFactory(PruebaFactory)
    inscripcion = factory.LazyAttribute(lambda n: InscripcionFactory(capacitacion=n.prueba.capacitacion))
    momento = NotaDePrueba.Momento.ENTRADA
    puntaje = 4
    maximo = 10


class AsistenciaFactory(DjangoModelFactory):
    class Meta:
        model = Asistencia

    inscripcion = factory.SubFactory(InscripcionFactory)
    sesion = factory.LazyAttribute(lambda a: a.inscripcion.capacitacion.sesiones.first())
    esta_firmada = True


class SuscriptorFactory(DjangoModelFactory):
    class Meta:
        model = Suscriptor

    correo = factory.Sequence(lambda n: f"suscriptor{n}@correo.example")
    estado = Suscriptor.Estado.CONFIRMADO


class AvisoDeMuralFactory(DjangoModelFactory):
    class Meta:
        model = AvisoDeMural

    titulo = factory.Sequence(lambda n: f"Convocatoria CAS N.° {n + 1}")
    seccion = AvisoDeMural.Seccion.CAS
    centro = factory.SubFactory(CentroFactory)


class NormaFactory(DjangoModelFactory):
    class Meta:
        model = Norma

    tipo = Norma.Tipo.RESOLUCION
    numero = factory.Sequence(lambda n: f"R.D. N.° {n + 1:03d}-2026-EF/50.01")
    titulo = "Aprueban la directiva de ejecución presupuestaria"
    fecha = dt.date(2026, 1, 15)


class SinonimoFactory(DjangoModelFactory):
    class Meta:
        model = Sinonimo

    termino = factory.Sequence(lambda n: f"sigla{n}")
    equivale_a = "presupuesto público"


class CorreoDifundidoFactory(DjangoModelFactory):
    """El borrador de un correo informativo para los operadores de su centro."""

    class Meta:
        model = CorreoDifundido

    tipo = CorreoDifundido.Tipo.INFORMATIVO
    asunto = factory.Sequence(lambda n: f"Cierre presupuestario {n}")
    cuerpo = "<p>El cierre vence el viernes.</p>"
    centro = factory.SubFactory(CentroFactory)
    segmento = factory.LazyAttribute(
        lambda c: {"audiencias": ["operadores"], "correo": "informativos", "centro": c.centro and c.centro.pk}
    )
