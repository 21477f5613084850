/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

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
} CcOpenMessage;

/* error: of opening; name: the file's name without its folder; kind: what the file was found to be
 * before it was opened. */
CcOpenMessage *cc_open_message_new (const GError *error, const char *name, CcFileKind kind);

/* Messages for files that no passphrase opens; NULL where one may. */
CcOpenMessage *cc_open_message_new_for_kind (const char *name, CcFileKind kind);
CcOpenMessage *cc_open_message_new_not_local (void);
void           cc_open_message_free (CcOpenMessage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOpenMessage, cc_open_message_free)

G_END_DECLS
