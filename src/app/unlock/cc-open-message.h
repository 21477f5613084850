/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>
#include <cc/store/cc-place.h>

G_BEGIN_DECLS

/* Why a file did not open, in the user's language: what happened, what was kept, what to do. */
typedef struct
{
  char    *title;
  char    *body;
  gboolean ask_again; /* another passphrase, or the same one later, may help */
  gboolean wrong_passphrase;
  gboolean offer_read_only; /* the file may still be looked at */
  gboolean offer_repair;    /* what is kept of the file may help */
  gboolean offer_bring_in;  /* a copy in the library can be worked in */
} CcOpenMessage;

/* What is known of a file before it is opened. */
typedef struct
{
  CcFileKind kind;
  CcPlace    place;
  gboolean   may_be_repaired; /* there is a backup or a kept beginning */
  gboolean   inside;          /* it lies in the library: bringing in a copy would lead back here */
  gboolean   caps_lock;       /* was on when the passphrase was typed */
  guint      n_misfits;       /* how often a passphrase did not fit before this time */
} CcOpenFinding;

/* error: of opening; name: the file's name without its folder. */
CcOpenMessage *
cc_open_message_new (const GError *error, const char *name, const CcOpenFinding *finding);

/* What is said before a passphrase is typed in vain; NULL where one may open the file. */
CcOpenMessage *cc_open_message_new_for_finding (const char *name, const CcOpenFinding *finding);
CcOpenMessage *cc_open_message_new_for_kind (const char *name, CcFileKind kind);
CcOpenMessage *cc_open_message_new_not_local (void);

/* Damage that was met in the middle of the work. */
CcOpenMessage *cc_open_message_new_met (const char *name);

void cc_open_message_free (CcOpenMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOpenMessage, cc_open_message_free)

G_END_DECLS
