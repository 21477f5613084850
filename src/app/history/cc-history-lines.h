/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cc-history-entry.h"

G_BEGIN_DECLS

/* One change of an act as the page shows it, in labels of the data. */
typedef struct
{
  gint64 record; /* lines of one record follow each other; 0 where it is about none */
  char  *unit;   /* VI ...; NULL where none */
  char  *label;  /* what changed */
  char  *before; /* NULL: nothing was there */
  char  *after;  /* NULL: nothing is there any more */
} CcHistoryLine;

/* What the details pane shows of an act. */
typedef struct
{
  CcHistoryEntry *entry;
  CcHistoryEntry *other; /* the act that stands in the way of taking it back; NULL where none */
  CcUndoState     state;
  GPtrArray      *lines;  /* CcHistoryLine */
  gint64          n_more; /* changes that are not among them */
} CcHistoryView;

void cc_history_view_free (CcHistoryView *self);

/* Reads in a thread; see cc_session_read_async (). */
CcHistoryView *
cc_history_view_load (CcSession *session, CcConnection *connection, gint64 seq, GError **error);

/* A noted value in the window's language: "F" of variable VI03 is "Female". */
char *cc_history_label_value (CcSession *session, const char *variable, const char *noted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcHistoryView, cc_history_view_free)

G_END_DECLS
