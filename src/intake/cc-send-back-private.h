/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-import.h>
#include <cc/intake/cc-send-back.h>
#include <cc/sheet/cc-patch.h>
#include <cc/store/cc-entity.h>

#include "cc-returned-private.h"

G_BEGIN_DECLS

/* A cell to be asked about. */
typedef struct
{
  guint        sheet, row, column;
  CcPatchColor color;
  gboolean     quiet; /* for information: the cell is neither coloured nor remembered as asked */
} CcSendBackCell;

/* The same question about one or more cells. */
typedef struct
{
  char        *key;      /* of its text: send-back.ask.… */
  char        *question; /* in the sender's language */
  char        *text;     /* what stands in the cells, NULL where that differs */
  CcPatchColor color;
  gboolean     quiet;
  GArray      *cells; /* CcSendBackCell, in the order of the rows */
} CcSendBackQuestion;

/* What the case file has to ask about one row. */
typedef struct
{
  gint64     id;
  char      *sheet;
  guint      row; /* from 0 */
  char      *state;
  char      *reason;
  gboolean   answered;
  GPtrArray *findings; /* CcFinding*, borrowed; NULL where there is none */
} CcSendBackRow;

typedef struct
{
  CcCaseFile   *file;
  CcTexts      *texts;
  const char   *language;
  CcSubmission *submission;
  CcInspection *inspection;
  CcMap        *map;
  CcProgress   *progress;
  GPtrArray    *plans;     /* GPtrArray* of CcColumnPlan*, by table of the inspection */
  GHashTable   *rows;      /* "sheet\x1frow" to CcSendBackRow */
  GPtrArray    *findings;  /* CcFinding* */
  GPtrArray    *questions; /* CcSendBackQuestion*, in the order of their first cells */
  GHashTable   *known;     /* what makes questions the same, to CcSendBackQuestion */
  GHashTable   *taken;     /* cells that are asked about */
  GHashTable   *asked_rows;
  CcReturned   *returned; /* what the workbook is to remember */
} CcSendBackJob;

gboolean cc_send_back_load_rows (CcSendBackJob *job, GError **error);
/* Reads the list once: what is to be asked, and the codes of its rows. */
gboolean cc_send_back_gather (CcSendBackJob *job, GError **error);
gboolean cc_send_back_write (CcSendBackJob *job, const char *path, gboolean *fresh, GError **error);

G_END_DECLS
