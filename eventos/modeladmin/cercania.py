from comun.modeladmin import Listado


class ListadoPorCercania(Listado):
    """Lo más cercano primero, como lo ordena ``por_cercania`` del queryset."""

    def get_default_ordering(self, request):
        return ()  # el de ``por_cercania``; el de una columna va antes

    def get_ordering_field_columns(self):
        # Sin columna elegida, ninguna lleva flecha: la cercanía no es una columna.
        return super().get_ordering_field_columns() if self.ORDER_VAR in self.params else {}
