"""Qué comunicados le tocan a quien difunde, y cuáles su centro todavía no reenvió (R111)."""

import datetime as dt

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from .models import ComunicadoPage, CorreoDifundido
from .permissions import ROLES_QUE_DIFUNDEN, difunde_en_todos

# Un comunicado más viejo ya no es noticia, aunque siga rigiendo.
DIAS_DE_NOVEDAD = 15


def comunicados_para(usuario, *, todos: bool = False):
    """Los publicados que rigen (con ``todos``, también los que ya no), cada uno con ``reenviado_en`` por su centro."""
    filas = ComunicadoPage.objects.live().defer("cuerpo", "texto_busqueda").select_related("sistema")
    filas = filas.por_vigencia() if todos else filas.vigentes()
    suyos = CorreoDifundido.objects.propias(usuario).enviados().filter(comunicado=OuterRef("pk"))
    if difunde_en_todos(usuario):
        suyos = suyos.filter(centro__isnull=True)
    return filas.annotate(reenviado_en=Subquery(suyos.order_by("-enviado_en").values("enviado_en")[:1]))


def nuevos_por_reenviar(usuario):
    """Los de los últimos quince días, de su sistema o generales, que su centro aún no reenvió."""
    desde = timezone.now() - dt.timedelta(days=DIAS_DE_NOVEDAD)
    filas = comunicados_para(usuario).filter(first_published_at__gte=desde, reenviado_en__isnull=True)
    sistemas = sistemas_de(usuario)
    return filas.filter(Q(sistema__isnull=True) | Q(sistema__in=sistemas)) if sistemas else filas


def sistemas_de(usuario) -> set[int]:
    """Los de sus roles que difunden; vacío es todos: a quien coordina le tocan los de todo su centro."""
    roles = [a for a in usuario.asignaciones_vigentes if a.rol in ROLES_QUE_DIFUNDEN]
    return set() if any(a.sistema_id is None for a in roles) else {a.sistema_id for a in roles}
