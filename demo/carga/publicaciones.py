"""Boletines de seis meses, veinte comunicados y dos mil suscriptores, todos inventados."""

import datetime as dt

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import slugify

from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadoPage, ComunicadosIndexPage, Suscriptor
from custodia.actions import aviso_vigente
from custodia.models import Aviso, Consentimiento
from demo.textos import COMUNICADOS, NOTICIAS
from organizacion.models import Centro, Sistema

from .azar import Azar
from .marcas import marcar

SUSCRIPTORES = 2000


def _meses_atras(hoy: dt.date, cuantos: int) -> list[tuple[int, int]]:
    """Los ``cuantos`` meses cerrados antes de ``hoy``, del más antiguo al último: pares (año, mes)."""
    cuenta = hoy.year * 12 + hoy.month - 1
    return [divmod(cuenta - n, 12) for n in range(cuantos, 0, -1)]


def cargar_boletines(carga, hoy: dt.date, imagenes) -> None:
    """Una edición por mes cerrado, con noticias, normas y actividades."""
    azar, indice = Azar(6), BoletinesIndexPage.objects.get()
    centros = list(Centro.objects.order_by("slug"))
    for n, (anio, mes_cero) in enumerate(_meses_atras(hoy, 6)):
        mes = mes_cero + 1
        cuerpo = _secciones(azar, n, anio, mes, imagenes, centros)
        pagina = BoletinPage(
            title=f"Boletín de {str(MONTHS[mes]).lower()} de {anio}",
            slug=f"{anio}-{mes:02d}",
            anio=anio,
            mes=mes,
            portada=imagenes[n % len(imagenes)],
            editorial="Este mes los centros acompañaron a los gobiernos locales en el registro de sus metas. "
            "Encuentre aquí las normas del mes, lo que hicieron los centros y las próximas capacitaciones gratuitas.",
            cuerpo=cuerpo,
        )
        publicar(indice, pagina, dt.date(anio + mes // 12, mes % 12 + 1, 3))
        marcar(carga, [pagina])


def _secciones(azar, n, anio, mes, imagenes, centros) -> list:
    def imagen(salto):
        elegida = imagenes[(n + salto) % len(imagenes)]
        return {"image": elegida.pk, "decorative": False, "alt_text": elegida.description}

    noticias = [
        ("noticia", {"titulo": t, "imagen": imagen(k), "texto": f"<p>{x}</p>"})
        for k, (t, x) in enumerate(NOTICIAS[n % 2 :: 2], start=1)
    ]
    normas = [
        (
            "norma",
            {
                "numero": f"Norma inventada N.° {azar.randrange(1, 60):03d}-{anio}",
                "fecha": f"{anio}-{mes:02d}-{azar.randrange(1, 28):02d}",
                "resumen": "Ejemplo de cómo se resume una norma en el boletín. No es una norma real.",
            },
        )
        for _ in range(2)
    ]
    actividades = [
        (
            "actividad",
            {
                "centro": centro.nombre,
                "titulo": f"Jornada con municipalidades en {centro.nombre}",
                "texto": "<p>El centro reunió a operadores de varias municipalidades y resolvió sus casos.</p>",
                "imagen": imagen(5 + k),
            },
        )
        for k, centro in enumerate(azar.sample(centros, 3))
    ]
    return [{"type": tipo, "value": valor} for tipo, valor in (*noticias, *normas, *actividades)]


def cargar_comunicados(carga, hoy: dt.date, imagenes) -> None:
    """Veinte comunicados repartidos en seis meses; los últimos siguen vigentes."""
    azar, indice = Azar(7), ComunicadosIndexPage.objects.get()
    sistemas = list(Sistema.objects.all())
    for n in range(20):
        fecha = hoy - dt.timedelta(days=175 - 9 * n)
        titulo = COMUNICADOS[n % len(COMUNICADOS)]
        pagina = ComunicadoPage(
            title=titulo,
            slug=slugify(f"{titulo}-{fecha:%d-%m-%Y}"),
            fecha=fecha,
            vigente_hasta=fecha + dt.timedelta(days=45) if n % 3 else None,
            sistema=azar.choice(sistemas) if n % 2 else None,
            resumen="Ejemplo de comunicado. Los plazos y lugares que menciona son inventados.",
            imagen=imagenes[n % len(imagenes)] if n % 2 == 0 else None,
            cuerpo="<p>Se comunica a las entidades de los tres niveles de gobierno lo siguiente:</p><ul>"
            "<li>El plazo vence el último día hábil del mes.</li><li>Las consultas se atienden en su centro.</li></ul>"
            "<p>Este texto es un ejemplo de la demostración.</p>",
        )
        publicar(indice, pagina, fecha)
        marcar(carga, [pagina])


def publicar(indice, pagina, fecha: dt.date) -> None:
    """Crea ``pagina`` bajo ``indice`` ya publicada, como si se hubiera publicado en ``fecha``."""
    momento = timezone.make_aware(dt.datetime.combine(fecha, dt.time(9)))
    pagina.first_published_at = pagina.last_published_at = min(momento, timezone.now())
    indice.add_child(instance=pagina)
    pagina.save_revision(log_action=False).publish(log_action=False)


def cargar_suscriptores(carga) -> None:
    """Dos mil: nueve de cada diez confirmados, con su consentimiento marcado como de demostración."""
    azar, centros, ahora = Azar(8), list(Centro.objects.order_by("slug")), timezone.now()
    consentimiento = Consentimiento.objects.create(
        aviso=aviso_vigente(Aviso.Finalidad.SUSCRIPCION), canal=Consentimiento.Canal.DEMOSTRACION
    )
    suscriptores = []
    for n in range(SUSCRIPTORES):
        estado = azar.choices(Suscriptor.Estado.values, (0, 6, 90, 4))[0]
        suscriptor = Suscriptor(
            correo=f"suscriptor{n:04d}@correo.example",
            nombre=" ".join(azar.nombre()),
            centro=azar.choice(centros),
            estado=estado,
            consentimiento=consentimiento,
            confirmado_en=ahora if estado != Suscriptor.Estado.PENDIENTE else None,
            baja_en=ahora if estado == Suscriptor.Estado.BAJA else None,
        )
        suscriptor.refrescar_busqueda()
        suscriptores.append(suscriptor)
    Suscriptor.objects.bulk_create(suscriptores)
    marcar(carga, [consentimiento, *suscriptores])
