/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Another classification pack for a case file. Ids stay, so nothing that was stored is touched: a
 * code that corresponds one to one gets its new name, every other one is kept beside the new codes,
 * with where it rolls up to. The pack travels inside the case file. */

/* An old code with several new ones: a person decides, case by case. */
typedef struct
{
  char  *list;
  char  *code;    /* its name now */
  char **targets; /* the new codes that it may become */
  gint64 records; /* live ones that still state it */
} CcOpenCode;

typedef struct
{
  gint64     act;
  guint      recoded;   /* codes with a new name */
  guint      kept;      /* old codes beside the new ones, those of `open` included */
  guint      variables; /* with a new id */
  GPtrArray *open;      /* CcOpenCode */
} CcPackInstall;

void cc_open_code_free (CcOpenCode *self);
void cc_pack_install_free (CcPackInstall *self);

/* Installs the pack of a folder over the one in use, in one act that cannot be taken back. After it
 * the case file must be closed and opened again; acts are refused until then. Not on a main loop.
 * concordance: path, see cc-concordance.h */
CcPackInstall *
cc_pack_install (CcCaseFile *file, const char *directory, const char *concordance, GError **error);

/* Element-type CcOpenCode: what is still open, by list and code. */
GPtrArray *cc_pack_list_open (CcCaseFile *file, CcConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcOpenCode, cc_open_code_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPackInstall, cc_pack_install_free)

G_END_DECLS
