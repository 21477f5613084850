/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* What the headers of a table may mean. */
typedef struct
{
  GPtrArray   *guesses; /* GArray of CcHeaderGuess, by position of the column */
  const char **reasons;
} CcHeaders;

CcHeaders *cc_headers_read (CcPack *pack, const CcInspectTable *table);
void       cc_headers_free (CcHeaders *self);

/* Fills unit, aggregate, suggestions, reasons and languages of the tables found. */
void cc_suggest_tables (CcInspection *inspection, CcPack *pack);
/* The suggestions of one table again, for a unit a person chose. */
void cc_suggest_columns (CcInspectTable *table, CcPack *pack, const char *unit);

/* Whether the header is known and was not taken, because another column comes first. */
gboolean cc_suggestion_was_dropped (const CcInspectColumn *column);

/* The parts of that. */
void     cc_suggest_unit (CcInspectTable *table, CcPack *pack, CcHeaders *headers);
void     cc_suggest_counts (CcInspectTable *table, CcPack *pack, CcHeaders *headers);
void     cc_suggest_population (CcInspectTable *table, CcPack *pack);
void     cc_suggest_leave_out (CcInspection *inspection, CcPack *pack, guint position);
gboolean cc_variable_is_personal (const CcVariable *variable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHeaders, cc_headers_free)
/* Notes where the values below a known header are not what it says. */
void cc_suggest_check_fit (CcInspectTable *table, CcPack *pack, const char *unit);
/* Whether the values do not speak against a coded variable. */
gboolean cc_suggest_fits (CcPack *pack, const CcInspectColumn *column, const CcVariable *variable);
/* Columns that hold one part of a date each, after all others have their suggestion. */
void cc_suggest_date_parts (CcInspectTable *table, CcPack *pack, const char *unit);
/* Headers that contradict the hidden machine names above them. */
void cc_suggest_machine (CcInspectTable *table, CcPack *pack, const char *unit);
/* Whether the machine name says that the column is not needed, where the header alone does not. */
gboolean cc_suggest_is_needless (CcPack *pack, const CcInspectColumn *column);
/* The sex from a column of genders, where no column gives it. */
void cc_suggest_sex (CcInspectTable *table, CcPack *pack, const char *unit);

G_END_DECLS
