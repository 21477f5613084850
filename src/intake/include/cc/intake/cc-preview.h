/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-inspect.h>

G_BEGIN_DECLS

/* The first rows of a sheet as they stand there, with what each is taken for: for a person to see
 * whether the table was found where it is. Rows and columns count from 0. */

typedef enum
{
  CC_PREVIEW_ABOVE, /* above the header: titles, addresses; or nothing is known of the sheet yet */
  CC_PREVIEW_HEADER,
  CC_PREVIEW_MACHINE, /* machine names of a template */
  CC_PREVIEW_DATA,
  CC_PREVIEW_HEADER_AGAIN,
  CC_PREVIEW_TOTAL,
  CC_PREVIEW_NOTE,
  CC_PREVIEW_NUMBERED,
  CC_PREVIEW_EXAMPLE,
} CcPreviewKind;

typedef struct
{
  guint         row;
  gboolean      hidden;
  CcPreviewKind kind;
  GPtrArray    *texts;  /* char*, by column; NULL where the cell is blank */
  GPtrArray    *merged; /* char*, by column: what a merged cell beside or above says, else NULL */
} CcPreviewRow;

typedef struct
{
  GPtrArray *rows;      /* CcPreviewRow*, blank rows left out */
  guint      n_columns; /* of the widest row */
  gboolean   more;      /* the sheet goes on behind the last row */
} CcPreview;

/* Reads up to n_rows rows of one table, with the titles above it. table NULL: the first rows of the
 * first sheet, before anything is known of the file. */
CcPreview *cc_preview_load (CcPack         *pack,
                            const char     *path,
                            CcInspection   *inspection,
                            CcInspectTable *table,
                            guint           n_rows,
                            GCancellable   *cancellable,
                            GError        **error);
CcPreview *cc_preview_copy (const CcPreview *self);
void       cc_preview_free (CcPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPreview, cc_preview_free)

G_END_DECLS
