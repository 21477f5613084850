/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cc-country-list.h"

G_BEGIN_DECLS

#define CC_TYPE_COUNTRY_ROW (cc_country_row_get_type ())
G_DECLARE_FINAL_TYPE (CcCountryRow, cc_country_row, CC, COUNTRY_ROW, AdwActionRow)

/* Chooses a country by typing the beginning of its name in any of the six languages.
 * Signal "changed". */
void        cc_country_row_set_countries (CcCountryRow *self, CcCountryList *countries);
const char *cc_country_row_get_code (CcCountryRow *self); /* NULL: none chosen */
const char *cc_country_row_get_label (CcCountryRow *self);

/* Chooses by the three-letter code; NULL or a code that is not in the list chooses none. */
void cc_country_row_set_code (CcCountryRow *self, const char *code);

G_END_DECLS
