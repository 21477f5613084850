/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-guess.h>
#include <cc/intake/cc-import-loss.h>
#include <cc/intake/cc-import.h>
#include <cc/intake/cc-map.h>
#include <cc/intake/cc-preview.h>
#include <cc/intake/cc-profile.h>
#include <cc/store/cc-entity.h>

#include "cc-session.h"

G_BEGIN_DECLS

#define CC_TYPE_IMPORT_DRAFT (cc_import_draft_get_type ())
G_DECLARE_FINAL_TYPE (CcImportDraft, cc_import_draft, CC, IMPORT_DRAFT, GObject)

/* Where a file stands on its way into the case file. */
typedef enum
{
  CC_DRAFT_WAITING, /* behind others that are read first */
  CC_DRAFT_READING,
  CC_DRAFT_READY,
  CC_DRAFT_FAILED, /* see error; it can be tried again */
  CC_DRAFT_DONE,   /* imported; see result */
} CcDraftState;

/* One file from being chosen to being a delivery: what was found in it, and what a person settled
 * on so far. Lives on the main loop; the work is done in threads on copies and handed over. The
 * signal "changed" says that any of the fields is another. Fields are read only for everybody else;
 * inspection and map must not be touched while busy. */
struct _CcImportDraft
{
  GObject parent_instance;

  CcSession   *session;
  char        *path;
  char        *name; /* of the file, for people */
  CcDraftState state;
  gboolean     busy;      /* a thread works on inspection and map */
  gboolean     importing; /* that work is the import itself */
  gboolean     again;     /* and will have to do so once more */
  gboolean     as_list;   /* a person said that figures of the population are a list */
  gboolean     invented;  /* a person said that practice data are to be imported here */
  double       fraction;  /* of the file, while READING */
  GError      *error;

  CcPreview    *first_rows; /* soon, before the file is read */
  CcInspection *inspection;
  CcGuess      *guess;
  GPtrArray    *entities;    /* CcEntity* */
  GPtrArray    *submissions; /* CcSubmission*: all deliveries of the case file */
  CcSubmission *same;        /* borrowed: the live delivery of this very file, or NULL */

  char      *entity;      /* key of the sender, NULL: not chosen */
  gboolean   entity_said; /* a person chose it */
  CcEntity  *newcomer;    /* sender that is added with the delivery, or NULL: it is known */
  CcInterval period;
  gboolean   period_said; /* a person chose it, or that there is none */
  gint64     replaces;    /* delivery that this one replaces, 0: none */

  char      *map_path;   /* a map file that lies beside the sheet, or NULL */
  gboolean   use_map;    /* a person said that it is to be used */
  CcProfile *profile;    /* of the sender, which fits the headers; or NULL */
  CcDrift   *drift;      /* against it */
  CcReading *reading;    /* why the file is read as it is */
  gboolean   drift_said; /* a person said what becomes of it */
  CcMap     *map;        /* what is settled */

  GPtrArray *losses; /* CcImportLoss*: what open questions cost, NULL: not looked at yet;
                        see cc-import-losses.h */
  guint left_open;   /* rows of the large ones of them that a person left open on purpose */

  CcImportResult *result; /* of the last dry run; of the import when DONE */

  GCancellable *cancellable;
};

CcImportDraft *cc_import_draft_new (CcSession *session, const char *path);

/* Reads the file in a thread: what it holds, who sent it, how it is mapped. */
void cc_import_draft_read (CcImportDraft *self);
void cc_import_draft_cancel (CcImportDraft *self);

/* What a person says. The sender, the map file and the header row make the map anew (busy). */
void cc_import_draft_set_entity (CcImportDraft *self, const char *key);
/* A sender that the case file does not know yet: nothing is stored of it before the import. */
void cc_import_draft_set_newcomer (CcImportDraft *self, const char *name, const CcCode *type);
void cc_import_draft_set_period (CcImportDraft *self, CcInterval period);
void cc_import_draft_set_use_map (CcImportDraft *self, gboolean use_map);
void cc_import_draft_set_header_row (CcImportDraft *self, CcInspectTable *table, guint row);
/* What one row of a table is: a unit, "-" to leave the table out, or that its rows are counts. */
#define CC_IMPORT_COUNTS "counts"
void cc_import_draft_set_unit (CcImportDraft *self, CcInspectTable *table, const char *unit);
void cc_import_draft_set_replaces (CcImportDraft *self, gint64 submission);
/* Agencies were added or deliveries came in since. */
void cc_import_draft_reload (CcImportDraft *self);
/* Columns, values or dates of the map were changed in place. */
void cc_import_draft_map_changed (CcImportDraft *self);

/* What becomes of columns that the profile has never seen: taken as suggested, or kept as text. */
void cc_import_draft_settle_drift (CcImportDraft *self, gboolean take);
/* Around work in another thread that reads inspection and map. */
void cc_import_draft_set_busy (CcImportDraft *self, gboolean busy);
/* The same around the import itself. */
void cc_import_draft_set_importing (CcImportDraft *self, gboolean importing);

/* Done without a delivery: its figures of the population were taken over. */
void cc_import_draft_set_taken (CcImportDraft *self);
/* What a person says of a file that is no list of real persons at first sight. */
void cc_import_draft_set_as_list (CcImportDraft *self);
void cc_import_draft_set_invented (CcImportDraft *self, gboolean wanted);

/* Agency chosen, or NULL. */
const CcEntity *cc_import_draft_get_entity (CcImportDraft *self);
/* A live delivery of the same sender and period, of the same file name if there is one; or NULL. */
const CcSubmission *cc_import_draft_get_earlier (CcImportDraft *self);
/* Whether a profile says how the file is read: one page is enough. */
gboolean cc_import_draft_is_known (CcImportDraft *self);

/* The import itself, in the caller's thread (cc_job_run_async); a dry run keeps nothing. */
CcImportResult *
cc_import_draft_run (CcImportDraft *self, gboolean dry_run, CcProgress *progress, GError **error);
/* (transfer full) On the main loop again: notes the result. */
void cc_import_draft_set_result (CcImportDraft *self, CcImportResult *result, gboolean done);

G_END_DECLS
