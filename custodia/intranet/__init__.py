"""Las pantallas del Oficial de Datos Personales."""
