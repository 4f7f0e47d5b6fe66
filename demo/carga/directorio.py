"""Lo que cambia con los años en el directorio: autoridades, puestos, nombres de antes y otros contactos, inventados."""

import datetime as dt

from directorio.actions import cambiar_de_puesto
from directorio.models import Autoridad, Contacto, Entidad, NombreDeEntidad, Operador, Personal, Puesto
from organizacion.models import Centro, NombreDeCentro, Sistema, Usuario

from .azar import Azar, celular_inventado
from .marcas import marcar

CARGOS = {Entidad.Tipo.GL: "Alcaldía", Entidad.Tipo.GR: "Gobernación regional"}
CENTRO = "cusco"


def cargar_directorio(carga, hoy: dt.date) -> None:
    _autoridades(carga, hoy)
    _historias(hoy)
    _otros_contactos(carga)
    _nombres_de_antes(carga, hoy)


def _autoridades(carga, hoy) -> None:
    """Una por entidad; en la provincial del Cusco, también la anterior y la que entra el próximo enero."""
    azar, inicio = Azar(7), dt.date(hoy.year - 3, 1, 1)
    entidades = Entidad.objects.exclude(codigo="").order_by("codigo")
    filas = [_autoridad(azar, n, entidad, inicio, None) for n, entidad in enumerate(entidades)]
    capital = Entidad.objects.get(codigo="MP-0801")
    fin = dt.date(hoy.year, 12, 31)
    for fila in filas:
        if fila.entidad == capital:
            fila.hasta = fin
    un_dia = dt.timedelta(days=1)
    filas.append(_autoridad(azar, 9_001, capital, inicio.replace(year=inicio.year - 4), inicio - un_dia))
    filas.append(_autoridad(azar, 9_002, capital, fin + un_dia, None))
    Autoridad.objects.bulk_create(filas)
    marcar(carga, filas)


def _autoridad(azar, n, entidad, desde, hasta) -> Autoridad:
    nombres, apellidos = azar.nombre()
    fila = Autoridad(
        entidad=entidad,
        cargo=CARGOS.get(entidad.tipo, "Dirección"),
        nombres=nombres,
        apellidos=apellidos,
        correo=f"autoridad{n}@entidad.example",
        telefono=celular_inventado(80_000 + n),
        desde=desde,
        hasta=hasta,
    )
    fila.refrescar_busqueda()
    return fila


def _historias(hoy) -> None:
    """Tres operadores del Cusco estuvieron antes en otra entidad; un especialista cambió de sistema y otro cambiará."""
    entidades = list(Entidad.objects.filter(centro__slug=CENTRO, codigo__startswith="MP").order_by("codigo"))
    for n, operador in enumerate(Operador.objects.filter(entidad=entidades[0]).order_by("pk")[:3]):
        corte = hoy - dt.timedelta(days=200 + 90 * n)
        datos = {"cargo": "Asistente", "desde": corte - dt.timedelta(days=700), "hasta": corte - dt.timedelta(days=1)}
        operador.puestos.create(entidad=entidades[n + 1], **datos)
        Puesto.objects.create(operador=operador, entidad=operador.entidad, cargo=operador.cargo, desde=corte)
    personal = Personal.objects.filter(centro__slug=CENTRO, cargo=Personal.Cargo.ESPECIALISTA, usuario__isnull=True)
    contador, otro = personal.order_by("pk")[:2]
    puesto = {"cargo": contador.cargo, "centro": contador.centro, "organo": contador.organo}
    inicio = dt.date.fromisoformat(str(contador.desde))
    contador.puestos.create(
        **puesto,
        sistema=Sistema.objects.get(slug="inversion"),
        desde=inicio - dt.timedelta(days=800),
        hasta=inicio - dt.timedelta(days=1),
    )
    contador.puestos.create(**puesto, sistema=contador.sistema, desde=inicio)
    coordina = {"cargo": Personal.Cargo.COORDINADOR_ADMINISTRATIVO, "centro": otro.centro, "sistema": None}
    por = Usuario.objects.get(username="ogauc")
    proximo = hoy + dt.timedelta(days=30)
    cambiar_de_puesto(personal=otro, puesto=coordina | {"organo": None}, desde=proximo, por=por)


def _otros_contactos(carga) -> None:
    """Un segundo teléfono en cada operador del Cusco, un buzón más en sus entidades y un contacto más del personal."""
    operadores = list(Operador.objects.filter(entidad__centro__slug=CENTRO).select_related("entidad"))
    telefono, correo = Contacto.Clase.TELEFONO, Contacto.Clase.CORREO
    filas = [
        Contacto(operador=fila, clase=telefono, valor=celular_inventado(90_000 + n), nota="Personal")
        for n, fila in enumerate(operadores)
    ]
    entidades = list(Entidad.objects.filter(centro__slug=CENTRO))
    filas += [
        Contacto(entidad=fila, clase=correo, valor=f"mesadepartes{fila.pk}@entidad.example", nota="Mesa de partes")
        for fila in entidades
    ]
    personal = Personal.objects.filter(centro__slug=CENTRO)
    filas += [Contacto(personal=fila, clase=telefono, valor=celular_inventado(95_000 + fila.pk)) for fila in personal]
    Contacto.objects.bulk_create(filas)
    marcar(carga, [fila for fila in filas if fila.entidad_id])  # los demás se van con su dueño
    _refrescar(Operador.objects.filter(entidad__centro__slug=CENTRO).select_related("entidad"))
    refrescar_entidades()


def refrescar_entidades() -> None:
    """La búsqueda de las entidades del Cusco, con los contactos y los nombres que ahora tienen."""
    _refrescar(Entidad.objects.filter(centro__slug=CENTRO).prefetch_related("nombres_anteriores"))


def _refrescar(filas) -> None:
    frescas = list(filas.prefetch_related("contactos"))
    for fila in frescas:
        fila.refrescar_busqueda()
    filas.model.objects.bulk_update(frescas, ["texto_busqueda"], batch_size=500)


def _nombres_de_antes(carga, hoy) -> None:
    """Un centro y una entidad se llamaron de otro modo hasta el año pasado."""
    hasta = dt.date(hoy.year - 1, 12, 31)
    centro = Centro.objects.exclude(slug__in=("cusco", "arequipa")).order_by("slug").last()
    de_centro = NombreDeCentro.objects.create(
        centro=centro, nombre=f"{centro.nombre} y anexos", slug=f"{centro.slug}-y-anexos", hasta=hasta
    )
    entidad = Entidad.objects.filter(centro__slug=CENTRO, codigo__startswith="MD").order_by("codigo").first()
    nombre = f"Concejo Distrital de {entidad.distrito.nombre} (inventado)"
    de_entidad = NombreDeEntidad.objects.create(entidad=entidad, nombre=nombre, hasta=hasta)
    entidad.save()
    marcar(carga, [de_centro, de_entidad])
