"""Una campaña de actualización en curso en Cusco: con respuestas, propuestas por revisar y a quién llamar (R114)."""

import datetime as dt

from django.utils import timezone

from correo.models import Entrega, Envio
from directorio.campanias.actions import iniciar
from directorio.campanias.respuesta import Respuesta, alta, baja, cambio, responder
from directorio.campanias.seleccion import ENTIDADES, OPERADORES, Criterio
from directorio.frescura.partes import completar_partes
from directorio.models import Autoridad, Campania, Entidad, Operador, Pedido
from organizacion.models import Centro, Provincia, Sistema, Usuario

from .azar import Azar, celular_inventado
from .marcas import marcar

EMPEZO, DURA = 9, 21
CON_CORREO, SIN_CORREO = 10, 3
TELEFONO = "08430"


def cargar_campanias(carga, hoy: dt.date) -> None:
    """Después de los operadores y las cuentas: las partes del directorio y la campaña de la provincia de Cusco."""
    completar_partes()
    asumen = dt.date(hoy.year + 1, 1, 1)
    azar, cusco = Azar(41), Centro.objects.get(slug="cusco")
    provincia = Provincia.objects.filter(codigo="0801").values_list("pk", flat=True)
    _dar_buzones(cusco, provincia)
    marcar(carga, _autoridades(azar, cusco, provincia, hoy))
    campania = iniciar(
        nombre="Nuevas autoridades municipales",
        motivo=f"Las nuevas autoridades asumen el 1 de enero de {asumen.year} y queremos saber con quién coordinar.",
        centro=cusco,
        criterio=Criterio([ENTIDADES, OPERADORES], provincias=list(provincia), solo_vencidos=False),
        vence_el=hoy + dt.timedelta(days=DURA - EMPEZO),
        por=Usuario.objects.filter(username="coordinador.cusco").first(),
    )
    marcar(carga, [campania])
    _retroceder(campania)
    _responder(azar, campania, asumen=asumen)
    _llamar(campania)


def _dar_buzones(cusco, provincia) -> None:
    """Los de las municipalidades de la provincia; unas pocas quedan sin buzón, para llamarlas."""
    entidades = list(Entidad.objects.filter(centro=cusco, distrito__provincia__in=provincia).order_by("pk"))
    for n, entidad in enumerate(entidades):
        entidad.telefono = entidad.telefono or f"{TELEFONO}{n:04d}"
        if n >= SIN_CORREO:
            entidad.correo = entidad.correo or f"mesadepartes{n}@entidad.example"
    Entidad.objects.bulk_update(entidades, ["telefono", "correo"])


def _autoridades(azar, cusco, provincia, hoy) -> list[Autoridad]:
    filas = []
    for n, entidad in enumerate(
        Entidad.objects.filter(centro=cusco, distrito__provincia__in=provincia, tipo="GL").order_by("pk")
    ):
        nombres, apellidos = azar.nombre()
        autoridad = Autoridad(
            entidad=entidad,
            cargo="Titular de la alcaldía",
            nombres=nombres,
            apellidos=apellidos,
            telefono=celular_inventado(60_000 + n),
            desde=hoy - dt.timedelta(days=1400),
        )
        autoridad.refrescar_busqueda()
        filas.append(autoridad)
    return Autoridad.objects.bulk_create(filas)


def _retroceder(campania) -> None:
    """Como si se hubiera iniciado hace días: sus correos ya salieron y uno rebotó."""
    antes = timezone.now() - dt.timedelta(days=EMPEZO)
    Campania.objects.filter(pk=campania.pk).update(iniciada_en=antes)
    envios = Envio.objects.filter(clave=f"campania:{campania.pk}:inicial")
    envios.update(estado=Envio.Estado.TERMINADO, creado_en=antes, sale_en=None)
    entregas = Entrega.objects.filter(envio__in=envios)
    entregas.update(estado=Entrega.Estado.ENVIADA, intentos=1, enviada_en=antes)
    if ultima := entregas.order_by("-pk").first():
        Entrega.objects.filter(pk=ultima.pk).update(estado=Entrega.Estado.REBOTADA)


def _responder(azar, campania, asumen: dt.date) -> None:
    de_entidades = list(campania.pedidos.filter(operador__isnull=True).con_correo().order_by("pk")[:CON_CORREO])
    for n, pedido in enumerate(de_entidades[:6]):
        entidad = pedido.entidad
        operador = Operador.objects.activos().filter(entidad=entidad).first()
        autoridad = entidad.autoridades.first()
        propuestas = []
        if n % 2:
            propuestas = [
                cambio(entidad, "telefono", entidad.telefono, f"08440{n:04d}"),
                alta("autoridad", _persona(azar, "Titular de la alcaldía") | {"desde": asumen.isoformat()}),
                *([baja(autoridad, asumen - dt.timedelta(days=1))] if autoridad else []),
            ]
        responder(pedido=pedido, respuesta=Respuesta([operador] if operador else [], propuestas))
    presupuesto = Sistema.objects.get(slug="presupuesto")
    de_operadores = campania.pedidos.filter(operador__sistemas=presupuesto).con_correo().order_by("pk")
    for pedido in de_operadores[:2]:
        operador = pedido.operador
        nuevo = [cambio(operador, "telefono", operador.telefono, celular_inventado(61_000 + pedido.pk % 900))]
        responder(pedido=pedido, respuesta=Respuesta([], nuevo))


def _persona(azar, cargo) -> dict:
    nombres, apellidos = azar.nombre()
    return {"nombres": nombres, "apellidos": apellidos, "cargo": cargo, "correo": "", "telefono": ""}


def _llamar(campania) -> None:
    por = Usuario.objects.filter(username="asistente.cusco").first()
    pendientes = list(campania.pedidos.pendientes().order_by("correo", "pk")[:3])
    resultados = (Pedido.Llamada.NO_CONTESTA, Pedido.Llamada.CONTESTO, Pedido.Llamada.DIO_EL_DATO)
    notas = ("", "Pide que le reenvíen el enlace", "La corrección ya está en su registro")
    for pedido, resultado, nota in zip(pendientes, resultados, notas, strict=False):
        pedido.llamada, pedido.nota = resultado, nota
        pedido.llamada_en, pedido.llamada_por = timezone.now(), por
        pedido.save(update_fields=["llamada", "nota", "llamada_en", "llamada_por"])


def quitar_campanias(carga) -> None:
    """Las filas reales vuelven a quedar sin los buzones y teléfonos inventados."""
    entidades = Entidad.objects.filter(pedidos__campania__in=_campanias(carga).values("pk"))
    suyas = Entidad.objects.filter(pk__in=list(entidades.values_list("pk", flat=True)))
    suyas.filter(correo__endswith="@entidad.example").update(correo="")
    suyas.filter(telefono__startswith=TELEFONO).update(telefono="")
    suyas.update(verificado_en=None, verificado_por=None)
    for campania in _campanias(carga):
        Envio.objects.filter(clave__startswith=f"campania:{campania.pk}:").delete()
    _campanias(carga).delete()


def _campanias(carga):
    llaves = carga.marcas.filter(modelo="directorio.campania").values_list("llave", flat=True)
    return Campania.objects.filter(pk__in=list(llaves))
