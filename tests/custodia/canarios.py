"""Personas con un documento, un correo y un teléfono que no se repiten: donde aparezcan, se sabe de dónde salieron."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from custodia.actions.derechos import registrar
from custodia.campos import CONTACTO, DOCUMENTO
from eventos.actions.hojas import emitir_hojas
from eventos.models import Inscripcion, Llamada, VistoBueno
from organizacion.models import Persona, Rol, Usuario
from organizacion.models.rol import ROLES_DE_CENTRO
from tests import fabricas, personas
from tests.recorridos.poblado import poblar

CORREO, TELEFONO = "canario.%s@canario.example", "90000%04d"
# Cómo se escribe cada documento: un DNI que empieza con cero, un carné y un pasaporte con letras.
TIPOS = ["dni", "ce", "pasaporte"]


@dataclass(frozen=True)
class Canario:
    donde: str
    numero: str
    correo: str
    telefono: str

    def halla(self, texto: str) -> set[str]:
        """Qué datos suyos hay en ``texto``."""
        hallados = {DOCUMENTO} if self.numero in texto else set()
        return hallados | ({CONTACTO} if self.correo in texto or self.telefono in texto else set())


class Bandada:
    """Los canarios, y las filas en que se pusieron, en dos centros."""

    def __init__(self):
        self.canarios: list[Canario] = []
        self.con_documento: list[tuple] = []  # (clase, fila) de «Mostrar»
        self.de_cusco: dict[str, list] = {}
        self.publicas = poblar()
        for centro in (personas.cusco(), personas.arequipa()):
            self._de_centro(centro)

    def nuevo(self, donde: str) -> tuple[Canario, Persona]:
        n = len(self.canarios) + 1
        tipo = TIPOS[n % 3]
        numero = {"dni": f"0770{n:04d}", "ce": f"00770{n:04d}", "pasaporte": f"QX77{n:04d}"}[tipo]
        canario = Canario(donde, numero, CORREO % n, TELEFONO % n)
        self.canarios.append(canario)
        return canario, Persona.objects.create(
            tipo_documento=tipo, numero_documento=numero, nombres="Alba", apellidos=f"Canaria {n}"
        )

    def inscrito(self, donde, capacitacion, **mas) -> Inscripcion:
        canario, persona = self.nuevo(donde)
        datos = {"correo": canario.correo, "telefono": canario.telefono, "persona": persona}
        return fabricas.InscripcionFactory(capacitacion=capacitacion, **datos | mas)

    def _de_centro(self, centro):
        """Una inscripción en cada estado, y cada fila del directorio que lleva documento."""
        entidad = fabricas.EntidadFactory(centro=centro)
        por_venir = fabricas.CapacitacionFactory(centro=centro, dias=3)
        dictada = fabricas.CapacitacionFactory(centro=centro, dias=-5)
        estados = Inscripcion.Estado
        confirmada = self.inscrito(f"confirmada en {centro}", por_venir, entidad=entidad)
        self.inscrito(f"en espera en {centro}", por_venir, estado=estados.EN_ESPERA)
        vence = timezone.now() + dt.timedelta(hours=5)
        self.inscrito(f"con oferta en {centro}", por_venir, estado=estados.OFRECIDA, oferta_vence_en=vence)
        self.inscrito(f"anulada en {centro}", por_venir, estado=estados.ANULADA)
        self.inscrito(f"por vincular en {centro}", por_venir, entidad=None, entidad_texto="Municipio de Prueba")
        asistio = self.inscrito(f"asistió en {centro}", dictada, entidad=entidad)
        fabricas.AsistenciaFactory(inscripcion=asistio)
        VistoBueno.objects.create(capacitacion=dictada, inscripcion=asistio)
        Llamada.objects.create(capacitacion=por_venir, inscripcion=confirmada, asunto="reafirmacion")
        operador = fabricas.OperadorFactory(entidad=entidad, persona=self.nuevo(f"operador en {centro}")[1])
        del_centro = self.nuevo(f"personal en {centro}")[1]
        personal = fabricas.PersonalFactory(centro=centro, persona=del_centro, es_publico=True)
        self.con_documento += [("inscripcion", confirmada), ("operador", operador), ("personal", personal)]
        self.con_documento.append(("solicitud", self._solicitud(centro)))
        emitir_hojas(sesion=dictada.sesiones.get(), por=None)
        self.de_cusco = self.de_cusco or {
            "capacitaciones": [por_venir, dictada],
            "inscripciones": [confirmada, asistio],
        }

    def _solicitud(self, centro):
        """La que una persona presentó en el centro sobre sus datos, sin correo ni teléfono."""
        titular = self.nuevo(f"solicitud sobre datos en {centro}")[1]
        datos = {
            campo: getattr(titular, campo) for campo in ("tipo_documento", "numero_documento", "nombres", "apellidos")
        }
        return registrar(datos=datos | {"derecho": "acceso", "pedido": "Mis datos.", "centro": centro})


def quienes() -> dict[str, Usuario | None]:
    """Una cuenta por rol, en Cusco los de centro; además, quien no tiene cuenta y quien ya no trabaja."""
    sistema = fabricas.SistemaFactory()
    cuentas = {"anónimo": None}
    for rol in Rol:
        de = {}
        if rol in ROLES_DE_CENTRO:
            de["centro"] = personas.cusco()
        if rol in (Rol.RESPONSABLE_TECNICO, Rol.ENTE_RECTOR, Rol.ESPECIALISTA):
            de["sistema"] = sistema
        if rol == Rol.ALIADO:
            de["organo"] = fabricas.OrganoFactory(sigla="OSCE", nombre="OSCE", tipo="aliado")
        cuentas[rol] = personas.con_rol(f"canario.{rol}", rol, **de)
    return cuentas


def por_donde_empezar(bandada) -> set[str]:
    """Las direcciones de la intranet sin argumentos, y las que cuelgan de una capacitación o una inscripción."""
    urls = set()
    for camino in _caminos(get_resolver()):
        if not camino.startswith("intranet/") or "(" in camino:
            continue
        for clase, filas in bandada.de_cusco.items():
            if camino.startswith(f"intranet/{clase}/<int:pk>/"):
                urls |= {"/" + camino.replace("<int:pk>", str(fila.pk)) for fila in filas}
        urls.add(f"/{camino}")
    return {url for url in urls if "<" not in url}


def _caminos(nodo, delante=""):
    for parte in nodo.url_patterns:
        camino = delante + str(parte.pattern).lstrip("^").rstrip("$")
        yield from [camino] if isinstance(parte, URLPattern) else _caminos(parte, camino)


def entrar(usuario) -> Client:
    cliente = Client(raise_request_exception=False)
    if usuario:
        cliente.force_login(usuario)
    return cliente
