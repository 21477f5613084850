/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cc-country-list.h"
#include "cc-create-rules.h"

G_BEGIN_DECLS

/* What the start page's forms do in other threads. */

typedef struct
{
  char         *country;
  char         *name;
  char         *passphrase; /* wiped when freed */
  char         *user;       /* "" for none */
  char         *hat;        /* what the user works as; "" for nothing said */
  gboolean      practice;
  CcCreateField fault; /* set by the work */
} CcNewFile;

void cc_new_file_free (CcNewFile *self);

/* Makes the case file in the library and closes it. self: (transfer full). The result is its path.
 * What was made is removed again where a later step fails; fault (out) is then the field that the
 * error is about, if it is about one. */
void  cc_new_file_create_async (CcNewFile *self, GAsyncReadyCallback callback, gpointer user_data);
char *cc_new_file_create_finish (GAsyncResult *result, CcCreateField *fault, GError **error);

/* Names of the countries in the user's language; with invented_only those that practice files can
 * be made for. */
void           cc_countries_load_async (gboolean            invented_only,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
CcCountryList *cc_countries_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcNewFile, cc_new_file_free)

G_END_DECLS
