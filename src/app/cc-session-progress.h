/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>

G_BEGIN_DECLS

/* How far the opening of a case file is, in the window's words. */
typedef struct
{
  const char *phase;
  const char *counts;   /* may be empty */
  double      fraction; /* of the phase; below 0 while not known */
} CcSessionProgress;

typedef void (*CcSessionProgressFunc) (const CcSessionProgress *state, gpointer user_data);

/* Carries progress from the thread that works to the main loop, where func is called with the
 * newest state. user_data is freed there, too. */
typedef struct _CcSessionTeller CcSessionTeller;

CcSessionTeller *cc_session_teller_new (CcSessionProgressFunc func,
                                        gpointer              user_data,
                                        GDestroyNotify        free_user_data);

/* A CcProgressFunc for it. */
void cc_session_teller_tell (const CcProgressState *state, gpointer teller);

/* Gives it up, from any thread; what was told and not yet passed on is. */
void cc_session_teller_unref (CcSessionTeller *self);

G_END_DECLS
