/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-exchange.h>

#include "cc-session-work.h"

G_BEGIN_DECLS

/* What both sides changed before files were brought together, in words. No widgets here. */

/* Lines read at once; each is a few widgets. */
#define CC_CONFLICTS_MOST 100

/* A record that a question is about, as a person recognises it. */
typedef struct
{
  char *title; /* name or number */
  char *text;  /* of which agency, and what it says first: lines */
} CcConflictRecord;

typedef struct
{
  gint64     id;
  char      *title;       /* what it is about */
  char      *mine;        /* what was said here */
  char      *theirs;      /* what was brought in */
  char      *mine_moment; /* when it was said */
  char      *theirs_moment;
  gboolean   kept_theirs; /* which of both stands, where none of them was changed since */
  char      *now;         /* what stands instead of both; NULL: one of them does */
  GPtrArray *records;     /* CcConflictRecord *, at most two; as they are here now */
} CcConflictLine;

typedef struct
{
  GPtrArray *lines;  /* CcConflictLine *, at most CC_CONFLICTS_MOST */
  guint      n_open; /* in all */
} CcConflicts;

/* A CcReadFunc. Returns: CcConflicts */
gpointer cc_conflicts_read (CcSession    *session,
                            CcConnection *connection,
                            gpointer      data,
                            GCancellable *cancellable,
                            GError      **error);
void     cc_conflicts_free (gpointer data);

/* A CcReadFunc. Returns: (transfer full): a gint64: how many wait */
gpointer cc_conflicts_count (CcSession    *session,
                             CcConnection *connection,
                             gpointer      data,
                             GCancellable *cancellable,
                             GError      **error);

/* "3 questions from bringing files together wait for you." */
char *cc_conflicts_describe_open (CcSession *session, gint64 n);

G_END_DECLS
