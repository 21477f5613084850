/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* Changes that say how a row was, for taking an act back, stand in the chain under the table's name
 * with this before it; the others say it in words, for people. */
#define CC_ROW_PREFIX "row:"

/* How the rows of one table are written down. */
typedef struct
{
  char      *table;
  GPtrArray *columns; /* char *, in the table's order */
  GPtrArray *keys;    /* char *: those of the primary key, in its order */
} CcRowLayout;

/* One column and what stood in it, as an SQL literal: 12, 'text', X'00ff', NULL, 1.5. */
typedef struct
{
  char *column; /* NULL in a list without names */
  char *literal;
} CcRowCell;

void         cc_row_layout_free (CcRowLayout *self);
CcRowLayout *cc_row_layout_read (CcConnection *connection, const char *table, GError **error);

/* "1,'a',NULL": a row as literals. prefix: "NEW." ... */
char *cc_row_layout_quote_columns (const CcRowLayout *self, const char *prefix);
char *cc_row_layout_quote_keys (const CcRowLayout *self, const char *prefix);

/* " WHERE "a" = ?1 AND ...": by key, from parameter `first` on. */
char *cc_row_layout_match_keys (const CcRowLayout *self, int first);

/* Element-type CcRowCell, transfer full; both forms, with names and without. */
GPtrArray *cc_row_cells_parse (const char *text);

/* What two rows as literals say in "column=literal" pairs: of a new or removed row what is not
 * NULL, of a changed one what differs. Either may be NULL; both are set or NULL likewise. */
void cc_row_layout_diff (const CcRowLayout *self,
                         const char        *before,
                         const char        *after,
                         char             **old_image,
                         char             **new_image);

/* Binds a literal. FALSE where it is none. */
gboolean cc_row_literal_bind (CcStatement *statement, int index, const char *literal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRowLayout, cc_row_layout_free)

G_END_DECLS
