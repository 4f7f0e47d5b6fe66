"""El reparto del mural en láminas que caben en la pantalla."""

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from home.laminas import ALTO, alto, repartir
from home.mural import Item

HOY = timezone.localdate()
ITEMS = st.builds(
    Item,
    titulo=st.text("abc ", min_size=1, max_size=140),
    desde=st.just(HOY),
    texto=st.text("abc \n", max_size=600),
    url=st.sampled_from(["", "/x/"]),
)


@given(st.lists(ITEMS, max_size=12))
def test_las_laminas_llevan_todo_en_orden_y_ninguna_se_pasa(items):
    laminas = repartir(items)

    assert [item for lamina in laminas for item in lamina.items] == items
    for lamina in laminas:
        assert len(lamina.items) == 1 or sum(alto(item) for item in lamina.items) <= ALTO
        assert 12 <= lamina.segundos <= 45
