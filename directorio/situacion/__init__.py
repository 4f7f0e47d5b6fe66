"""La ficha situacional de una entidad (R102, R103): indicadores, temas de interés y su PDF para la carpeta."""
