/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-connection-private.h"

G_BEGIN_DECLS

/* Notes how rows were before and after an act, whichever layer changes them: triggers of the
 * writing connection tell of each row of the tables that say something. What comes of a row in an
 * act is noted once, at its end. */
typedef struct _CcCapture CcCapture;

/* What became of one row. */
typedef struct
{
  const char *table;
  const char *key;    /* literals of the primary key */
  char       *before; /* "column=literal,..."; NULL: there was no such row */
  char       *after;  /* NULL: there is no such row */
} CcRowChange;

typedef gboolean (*CcRowChangeFunc) (const CcRowChange *change, gpointer data, GError **error);

CcCapture *cc_capture_new (CcConnection *connection);
void       cc_capture_free (CcCapture *self);

/* Outside a transaction. wanted FALSE: nothing is noted. */
gboolean cc_capture_begin (CcCapture *self, gboolean wanted, GError **error);

/* Forgets what was noted and notes no more in this act: a delivery is taken back by other means,
 * and its rows would be kept twice. */
void cc_capture_stop (CcCapture *self);

/* Stops where more has changed than is kept. */
void cc_capture_check (CcCapture *self);

/* Tells of the rows noted so far, each as a whole as it was or, where it is new, as it is. */
typedef void (*CcCaptureVisit) (const char *table, const char *key, const char *row, gpointer data);
void cc_capture_visit (CcCapture *self, CcCaptureVisit visit, gpointer data);

/* Tells what was noted, rows in the order they were first touched, and forgets it. Where too much
 * changed to be kept, it tells of one row of no table. */
gboolean cc_capture_take (CcCapture *self, CcRowChangeFunc func, gpointer data, GError **error);

G_END_DECLS
