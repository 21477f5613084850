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

/* What becomes of a code or variable that does not keep its name. */
typedef enum
{
  CC_PACK_CHANGE_RENAMED, /* one to one */
  CC_PACK_CHANGE_SPLIT,   /* one to many: a person decides, case by case */
  CC_PACK_CHANGE_MERGED,  /* several become one: this one stays beside it, counted as before */
  CC_PACK_CHANGE_KEPT,    /* nothing corresponds */
  CC_N_PACK_CHANGES,
} CcPackChangeKind;

typedef struct
{
  CcPackChangeKind kind;
  char            *list; /* NULL for a variable */
  char            *old;
  char            *name;    /* from then on */
  char           **targets; /* of the concordance */
  gint64           records; /* how often live records state it */
} CcPackChange;

typedef struct
{
  CcPack    *pack;                 /* the new one */
  GPtrArray *changes;              /* CcPackChange: codes in the old pack's order, then variables */
  guint      n[CC_N_PACK_CHANGES]; /* codes of each kind */
  guint      variables;            /* that do not keep their names */
  guint      added;                /* codes that only the new pack has */
  gint64     records;              /* live ones that state any code of `changes` */
} CcPackPreview;

void cc_pack_preview_free (CcPackPreview *self);

/* What cc_pack_install () would do, changing nothing; the same errors: CC_ERROR_FOREIGN_FORMAT
 * where the folder is no pack, CC_ERROR_INVALID_DATA where pack or concordance have a fault or do
 * not fit, CC_ERROR_REFUSED where the file uses that pack already. Not on a main loop. cancellable:
 * (nullable). */
CcPackPreview *cc_pack_preview (CcCaseFile   *file,
                                const char   *directory,
                                const char   *concordance,
                                GCancellable *cancellable,
                                GError      **error);

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
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPackPreview, cc_pack_preview_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcPackInstall, cc_pack_install_free)

G_END_DECLS
