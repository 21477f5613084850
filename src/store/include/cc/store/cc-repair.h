/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-progress.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Help for a case file that does not open although its passphrase is right: it is damaged, cut
 * short, empty or gone. */

typedef enum
{
  CC_REPAIR_NONE,
  CC_REPAIR_BEGINNING, /* its first page is put back as it was when it was closed; nothing is lost
                        */
  CC_REPAIR_BACKUP,    /* the newest backup takes its place; what was done since is lost */
} CcRepairWay;

typedef struct
{
  CcRepairWay way;
  char       *source;    /* path of the kept page, or of the backup */
  gint64      time;      /* of it: Unix seconds */
  gint64      changed;   /* when the damaged file was last written; 0 where there is none */
  guint       n_backups; /* that stand in the usual places, of whatever passphrase */
} CcRepair;

/* How messages about damage name the way to repair a file: what stands in brackets in "Have it
 * repaired (...)". The program says so once, before it opens anything, as a window and a command
 * have different ways; until then both are named. way: a text that lasts as long as the program. */
void        cc_repair_name_way (const char *way);
const char *cc_repair_get_way (void);

/* Whether something is there that may help: a kept beginning, or a backup of the file's name. Needs
 * no passphrase, so it does not know whether it helps. */
gboolean cc_repair_has_source (const char *path);

/* Looks how a file could be repaired, and tries it on a copy: what is offered works. Of several
 * ways the one that loses least. way is CC_REPAIR_NONE where there is none. progress may be NULL.
 * Errors: CC_ERROR_WRONG_PASSPHRASE where neither a backup nor what is kept opens with the
 * passphrase, CC_ERROR_NOT_FOUND where there is neither and the file's own pages do not tell
 * whether it is the passphrase that is wrong, CC_ERROR_NO_SPACE. */
CcRepair *cc_repair_find (const char *path,
                          const char *passphrase,
                          CcPack     *pack,
                          CcProgress *progress,
                          GError    **error);
void      cc_repair_free (CcRepair *self);

/* The same with one backup, wherever it is; way is CC_REPAIR_NONE where it is not whole. Errors:
 * CC_ERROR_USAGE where it has not the name of a backup, CC_ERROR_WRONG_PASSPHRASE,
 * CC_ERROR_NO_SPACE. */
CcRepair *cc_repair_find_with (const char *path,
                               const char *backup,
                               const char *passphrase,
                               CcPack     *pack,
                               CcProgress *progress,
                               GError    **error);

/* Removes what was kept for a file that was removed. */
void cc_repair_forget (const char *path);

/* Lets what was kept for a file that was renamed be found under its new name. */
void cc_repair_follow (const char *from, const char *to);

/* Carries it out. The damaged file is not removed but put aside under another name, with its logs.
 * aside: (out) (optional) (transfer full) (nullable): its path then; NULL where the file was gone.
 * Failed or cancelled, the file is as it was. */
gboolean cc_repair_run (const CcRepair *self,
                        const char     *path,
                        const char     *passphrase,
                        CcPack         *pack,
                        CcProgress     *progress,
                        char          **aside,
                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRepair, cc_repair_free)

G_END_DECLS
